using System.CommandLine;
using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Synthetic;

namespace SegLstm.Cli.Commands;

/// <summary>The scene that commands of `seglstm spectral` learn from.</summary>
internal static class SpectralScene
{
    private const string Synthetic = "synthetic";

    public static readonly Argument<string> Name = new("scene")
    {
        Description = $"A file with labels, a scene of the catalog (with --folder), or {Synthetic}.",
    };

    /// <summary>Adds what says where a scene lies.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Name);
        foreach (Option<string?> option in HyperspectralOptions.Sources) command.Add(option);
    }

    /// <summary>Reads it as it is.</summary>
    /// <exception cref="UsageException">There is no such scene.</exception>
    public static HyperspectralScene Read(ParseResult arguments)
    {
        string name = arguments.GetValue(Name)!;
        if (name == Synthetic) return new SyntheticHyperspectral().Generate();
        if (File.Exists(name)) return HyperspectralFile.Read(name, HyperspectralOptions.Reading(arguments));
        string? folder = arguments.GetValue(HyperspectralOptions.Folder);
        if (!HyperspectralOptions.IsScene(name))
        {
            IEnumerable<string> known = HyperspectralCatalog.Entries.Select(entry => entry.Name).Append(Synthetic);
            throw new UsageException($"there is no file or scene '{name}'{Suggestions.Phrase(name, known)}. Scenes: {string.Join(", ", known)}");
        }

        return folder is null
            ? throw new UsageException($"say where the files of {name} lie with {HyperspectralOptions.Folder.Name}")
            : HyperspectralCatalog.Load(name, folder);
    }
}
