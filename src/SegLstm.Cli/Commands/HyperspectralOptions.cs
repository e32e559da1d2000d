using System.CommandLine;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;

namespace SegLstm.Cli.Commands;

/// <summary>What `seglstm data` takes for hyperspectral files and scenes.</summary>
internal static class HyperspectralOptions
{
    public static readonly Option<string?> Folder = new("--folder")
    {
        Description = "Where the files of a hyperspectral benchmark lie.", HelpName = "FOLDER",
    };

    public static readonly Option<string?> Picture = new("--picture")
    {
        Description = "Write three bands, and the labels over them, as a PNG.", HelpName = "FILE",
    };

    public static readonly Option<string?> To = new("--to")
    {
        Description = "Write the samples as GeoTIFF, and the labels beside as NAME_labels.tif.", HelpName = "FILE",
    };

    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "The file of the labels, where they do not lie beside the samples.", HelpName = "FILE",
    };

    public static readonly Option<string?> Variable = new("--variable")
    {
        Description = "The array of the samples, where a file has several.", HelpName = "NAME",
    };

    private static readonly Option<string?> LabelVariable = new("--label-variable")
    {
        Description = "The array of the labels, where a file has several.", HelpName = "NAME",
    };

    /// <summary>What says where a scene's samples and labels are.</summary>
    public static IReadOnlyList<Option<string?>> Sources { get; } = [Folder, Labels, Variable, LabelVariable];

    public static IReadOnlyList<Option<string?>> All { get; } = [.. Sources, Picture, To];

    /// <summary>Whether a name is a hyperspectral scene of the catalog.</summary>
    public static bool IsScene(string name) =>
        HyperspectralCatalog.Entries.Any(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses the options where there is nothing that they could mean.</summary>
    public static void Refuse(ParseResult arguments, string? name)
    {
        if (All.FirstOrDefault(option => arguments.GetValue(option) is not null) is not { } given) return;
        string instead = name is null ? "name one"
            : $"'{name}' is no file here, and none of {string.Join(", ", HyperspectralCatalog.Entries.Select(entry => entry.Name))}";
        throw new UsageException($"{given.Name} is for a hyperspectral file or scene: {instead}");
    }

    /// <summary>Refuses, for a scene of the catalog, what only files need, and writing without a folder to read from.</summary>
    public static void RefuseForScene(ParseResult arguments, bool hasFolder)
    {
        Option<string?>[] needless = hasFolder ? [Labels, Variable, LabelVariable] : [Labels, Variable, LabelVariable, Picture, To];
        if (needless.FirstOrDefault(option => arguments.GetValue(option) is not null) is not { } given) return;
        throw new UsageException(given == Picture || given == To
            ? $"{given.Name} needs the scene's files: say where they lie with --folder" : $"{given.Name} is for single files; the catalog knows what its scenes' files hold");
    }

    /// <summary>What to take from a file.</summary>
    public static HyperspectralReading Reading(ParseResult arguments) => new()
    {
        Variable = arguments.GetValue(Variable),
        LabelPath = arguments.GetValue(Labels) is { } labels ? Require.File(labels, Labels.Name) : null,
        LabelVariable = arguments.GetValue(LabelVariable),
    };
}
