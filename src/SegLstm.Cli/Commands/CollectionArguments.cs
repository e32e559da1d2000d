using System.CommandLine;
using SegLstm.Data.Benchmarks;
using SegLstm.Experiments;
using SegLstm.Experiments.Records;

namespace SegLstm.Cli.Commands;

/// <summary>Which collection of images a command works on, where it lies, and how it is read.</summary>
internal sealed class CollectionArguments
{
    private readonly Option<string?> _collection = new("--collection")
    {
        Description = "A data set of many images in a folder of yours, with its published splits: "
            + $"{string.Join(", ", BenchmarkCatalog.Entries.Select(entry => entry.Name))} (see: seglstm data check).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _root = new("--root")
    {
        Description = "The folder of the collection, or of the pictures that are classified, laid out as its publishers do.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _domain = new("--domain")
    {
        Description = "LoveDA: Urban or Rural (default: both).", HelpName = "NAME",
    };

    private readonly Option<bool> _eroded = new("--eroded-borders")
    {
        Description = "Potsdam, Vaihingen: take the labels that ignore borders of objects (noBoundary).",
    };

    private readonly Option<ClassOrder> _order = new("--class-order")
    {
        Description = "Potsdam, Vaihingen: number the classes as mmsegmentation or as torchgeo does.",
    };

    private readonly Option<string?> _images = new("--images")
    {
        Description = "Potsdam: the folder of images to take, such as 2_Ortho_RGB (default: the first that is there).", HelpName = "FOLDER",
    };

    private readonly Option<string?> _layout = new("--layout")
    {
        Description = "folders: classes, colours and splits of a collection of your own, in YAML.", HelpName = "FILE",
    };

    private Option[] Choices => [_domain, _eroded, _order, _images, _layout];

    /// <summary>Adds all options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_collection);
        AddRootTo(command);
    }

    /// <summary>Adds the options to a command that names the collection by its argument.</summary>
    public void AddRootTo(Command command)
    {
        command.Add(_root);
        foreach (Option option in Choices) command.Add(option);
    }

    /// <summary>Whether a collection was named.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetValue(_collection) is not null;

    /// <summary>The folder that was named; null where none was.</summary>
    public string? Root(ParseResult arguments) => arguments.GetValue(_root);

    /// <summary>The collection that was asked for; null where none was.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <exception cref="UsageException">Options are missing, or mean nothing.</exception>
    public CollectionSource? Source(ParseResult arguments)
    {
        if (arguments.GetValue(_collection) is { } name) return Source(arguments, name);
        Option[] rest = [_root, .. Choices];
        if (rest.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } given)
            throw new UsageException($"{given.Name} is for a collection: name it with {_collection.Name} (or --classify)");
        return null;
    }

    /// <summary>A collection of a name, in the folder that was given.</summary>
    /// <exception cref="UsageException">There is no such collection, or no folder was given.</exception>
    public CollectionSource Source(ParseResult arguments, string name)
    {
        BenchmarkEntry entry = Find(name);
        string root = arguments.GetValue(_root) ?? throw new UsageException(
            $"{entry.Name} lies in a folder of yours: name it with {_root.Name} FOLDER. To get it: seglstm data download {entry.Name}");
        return new CollectionSource
        {
            Collection = entry.Name,
            Root = root,
            Options = new CollectionOptions
            {
                Domain = arguments.GetValue(_domain),
                ErodedBorders = arguments.GetValue(_eroded),
                Order = arguments.GetValue(_order),
                Images = arguments.GetValue(_images),
                Folders = arguments.GetValue(_layout) is { } layout ? RecordYaml.Load<FolderLayout>(Require.File(layout, _layout.Name))
                    : null,
            },
        };
    }

    /// <summary>What is known of a collection.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static BenchmarkEntry Find(string name)
    {
        try
        {
            return BenchmarkCatalog.Find(name);
        }
        catch (KeyNotFoundException)
        {
            string[] known = [.. BenchmarkCatalog.Entries.Select(entry => entry.Name)];
            throw new UsageException($"there is no collection '{name}'{Suggestions.Phrase(name, known)}. Collections: "
                + $"{string.Join(", ", known)}");
        }
    }
}
