using System.CommandLine;
using System.Globalization;
using SegLstm.Cli.Output;
using SegLstm.Data.Benchmarks;
using SegLstm.Experiments;
using Spectre.Console;

namespace SegLstm.Cli.Commands;

/// <summary>`seglstm data check`: a collection on the disk beside what was published of it.</summary>
internal static class DataCheckCommand
{
    // How many images there are is known when they are read: what is shown is hundredths of them.
    private const int MostShown = 50, Whole = 100;

    private static readonly Argument<string> Name = new("collection")
    {
        Description = $"One of {string.Join(", ", BenchmarkCatalog.Entries.Select(entry => entry.Name))}.",
    };

    private static readonly CollectionArguments Collections = new();

    public static Command Create()
    {
        var command = new ExampleCommand(
            "check", "Read every image and label of a collection: counts beside the published ones, sizes, colours, missing files.",
            "seglstm data check loveda --root LoveDA",
            "seglstm data check potsdam --root Potsdam --eroded-borders --images 2_Ortho_RGB",
            "seglstm data check folders --root mine --layout mine.yaml")
        {
            Name,
        };
        Collections.AddRootTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        CollectionSource source = Collections.Source(arguments, arguments.GetValue(Name)!);
        BenchmarkEntry entry = BenchmarkCatalog.Find(source.Collection);
        using var interruption = new Interruption();
        CollectionAudit audit = ProgressDisplay.Run("reading", Whole, report => CollectionAudit.Of(
            entry, source.Root, source.Options, (done, all) => report(Whole * done / all, $"% of {all} images"), interruption.Token));
        Table counts = Tables.New("split", "images", "labelled", "published");
        foreach (var part in audit.Counts)
        {
            counts.AddRow(part.Split.ToString().ToLowerInvariant(), Number(part.Found), Number(part.Labelled), part.Published is { } n
                ? Number(n) : "not stated");
        }

        Terminal.Out.Write(counts);
        if (entry.CountsNote.Length > 0) Console.Out.WriteLine($"published: {entry.CountsNote}");
        Console.Out.WriteLine(
            $"sizes: {string.Join(", ", audit.Sizes.Take(8).Select(size => $"{size.Images} of {size.Height} x {size.Width}"))}"
            + (audit.Sizes.Count > 8 ? $" and {audit.Sizes.Count - 8} other sizes" : ""));
        Table classes = Tables.New("class", "color", "pixels", "share of labelled %");
        double labelled = audit.Pixels.SkipLast(1).Sum();
        for (int c = 0; c < audit.Collection.Legend.Count; c++)
        {
            classes.AddRow(Markup.Escape(audit.Collection.Legend.Names[c]), audit.Collection.Legend.Palette[c].ToString(),
                Number(audit.Pixels[c]),
                Readable.Percent(audit.Pixels[c] / labelled));
        }

        Terminal.Out.Write(classes);
        Console.Out.WriteLine($"without a label: {Number(audit.Pixels[^1])} pixels");
        foreach (string remark in audit.Remarks) Console.Out.WriteLine($"differs: {remark}");
        foreach (string fault in audit.Faults.Take(MostShown)) Console.Out.WriteLine($"fault: {fault}");
        if (audit.Faults.Count > MostShown) Console.Out.WriteLine($"and {audit.Faults.Count - MostShown} more faults");
        Console.Out.WriteLine(audit.Faults.Count == 0
            ? $"{audit.Collection.Name} can be used: seglstm train --collection {entry.Name} --root {source.Root}"
            : $"{audit.Collection.Name} has {audit.Faults.Count} faults and is not used until they are mended");
        return audit.Faults.Count == 0 ? 0 : 1;
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
