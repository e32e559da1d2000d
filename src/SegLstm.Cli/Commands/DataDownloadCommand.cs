using System.CommandLine;
using SegLstm.Cli.Output;
using SegLstm.Data.Benchmarks;
using SegLstm.Data.Benchmarks.Archives;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm data download`: where a collection is to be had; loads, checks and unpacks what a program may.</summary>
internal static class DataDownloadCommand
{
    private const long Whole = 100;

    private static readonly Argument<string?> Name = new("collection")
    {
        Description = "Which; none lists all.", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "The folder to load and unpack into; archives that lie there already are checked and unpacked.", HelpName = "FOLDER",
    };

    private static readonly Option<string?> Mirror = new("--mirror")
    {
        Description = "Load the files from this address in place of the official one; their digests are compared all the same.",
            HelpName = "URL",
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only this archive, such as Val.zip; may be repeated.", HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "download", "Where collections are to be had, their sizes and digests; load, check and unpack those that are open.",
            "seglstm data download",
            "seglstm data download loveda --to LoveDA               goes on where it was cut off",
            "seglstm data download loveda --to LoveDA --only Val.zip",
            "seglstm data download potsdam --to Potsdam             checks and unpacks archives that you have put there")
        {
            Name, To, Mirror, Only,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        if (arguments.GetValue(Name) is not { } name)
        {
            foreach (BenchmarkEntry each in BenchmarkCatalog.Entries) Describe(each);
            return 0;
        }

        BenchmarkEntry entry = CollectionArguments.Find(name);
        string[] only = arguments.GetValue(Only) ?? [];
        if (only.FirstOrDefault(file => entry.Archives.All(archive => archive.Name != file)) is { } unknown)
        {
            string[] names = [.. entry.Archives.Select(archive => archive.Name)];
            throw new UsageException($"{Only.Name} {unknown}: {entry.Name} has no such archive{Suggestions.Phrase(unknown, names)}. "
                + $"Archives: {string.Join(", ", names)}");
        }

        if (arguments.GetValue(To) is not { } folder)
        {
            Describe(entry);
            return 0;
        }

        Require.WritableFolder(folder, To.Name);
        BenchmarkArchive[] archives = [.. entry.Archives.Where(archive => only.Length == 0 || only.Contains(archive.Name))
            .Select(archive => arguments.GetValue(Mirror) is { } mirror ? archive with { Url = Address(mirror, archive.Name) } : archive)];
        using var interruption = new Interruption();
        int unpacked = archives.Count(archive => Get(archive, folder, interruption.Token));
        if (unpacked == 0)
        {
            Describe(entry);
            throw new UsageException($"{To.Name} {folder} holds none of "
                + $"{string.Join(", ", archives.Select(archive => archive.Name))}, and no program may load "
                + $"them: {entry.Request}");
        }

        Console.Out.WriteLine($"now: seglstm data check {entry.Name} --root {folder}");
        return 0;
    }

    // False where the file is not there and cannot be loaded.
    private static bool Get(BenchmarkArchive archive, string folder, CancellationToken stop)
    {
        string path = Path.Combine(folder, archive.Name);
        if (archive.Url is not null)
        {
            path = ProgressDisplay.Run($"loading {archive.Name}", Whole, report =>
                new ArchiveDownload().Get(archive, folder, Shares(report), stop).GetAwaiter().GetResult());
        }
        else if (!File.Exists(path))
        {
            return false;
        }
        else
        {
            ArchiveDigest.Require(path, archive, stop);
        }

        string digest = archive.Digest is { } published ? $"{published}, as published" : "no digest is published, so none was compared";
        Console.Out.WriteLine($"{archive.Name}: {digest}");
        int files = ProgressDisplay.Run($"unpacking {archive.Name}", Whole, report =>
        {
            Action<long, long?> shares = Shares(report);
            return SafeUnzip.Unpack(path, folder, (done, all) => shares(done, all), stop);
        });
        Console.Out.WriteLine($"{archive.Name}: {files} files in {folder}");
        return true;
    }

    // How large a file is may be known only when it arrives: what is shown is hundredths of it.
    private static Action<long, long?> Shares(Action<long, string> report)
    {
        bool isTold = false;
        return (done, all) =>
        {
            long share = all is { } bytes and > 0 ? Whole * done / bytes : 0;
            if (isTold) return;
            isTold = share == Whole;
            report(share, $"% of {(all is { } size ? Readable.Bytes(size) : "unknown size")}");
        };
    }

    private static void Describe(BenchmarkEntry entry)
    {
        Console.Out.WriteLine($"{entry.Name}: {entry.Title}");
        Console.Out.WriteLine($"  terms     {entry.Terms}");
        Console.Out.WriteLine($"  place     {entry.Place}");
        if (entry.Request.Length > 0) Console.Out.WriteLine($"  to get it {entry.Request}");
        foreach (BenchmarkArchive archive in entry.Archives)
        {
            Console.Out.WriteLine(
                $"  archive   {archive.Name}, {(archive.Bytes is { } bytes ? Readable.Bytes(bytes) : "size not stated")}, "
                + $"{archive.Digest ?? "digest not stated"}{(archive.Url is { } url ? $", {url}" : "")}");
        }

        Console.Out.WriteLine($"  layout    {entry.Layout}");
    }

    private static Uri Address(string mirror, string name) =>
        Uri.TryCreate(mirror.TrimEnd('/') + "/" + name, UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https")
            ? url : throw new UsageException($"{Mirror.Name} {mirror}: expected an address such as https://mirror.example.org/loveda");
}
