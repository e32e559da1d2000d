using System.CommandLine;
using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Synthetic;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Training.Hyperspectral;

namespace SegLstm.Cli.Commands;

/// <summary>The scene that commands of `seglstm spectral` learn from, and what they share of how.</summary>
internal static class SpectralScene
{
    private const string Synthetic = "synthetic";

    /// <summary>What a network is trained by where no option says otherwise.</summary>
    public static readonly PixelRecipe Defaults = new();

    public static readonly Argument<string> Name = new("scene")
    {
        Description = $"A file with labels, a scene of the catalog (with --folder), or {Synthetic}.",
    };

    public static readonly Option<int> Epochs = new("--epochs")
    {
        Description = "Passes over the training pixels, of networks.", HelpName = "N", DefaultValueFactory = _ => Defaults.Training.Epochs,
    };

    public static readonly Option<int> Block = new("--block")
    {
        Description = "Side of the blocks that disjoint draws take, in pixels.", HelpName = "PIXELS",
        DefaultValueFactory = _ => Defaults.BlockSize,
    };

    /// <summary>Adds what says where a scene lies, how long is trained, and what disjoint draws take.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Name);
        command.Add(Epochs);
        command.Add(Block);
        foreach (Option<string?> option in HyperspectralOptions.Sources) command.Add(option);
    }

    /// <summary>How networks are trained on it.</summary>
    /// <exception cref="UsageException">There is no pass.</exception>
    public static PixelTrainingOptions Training(ParseResult arguments) =>
        Defaults.Training with { Epochs = Require.AtLeast(arguments.GetValue(Epochs), 1, Epochs.Name) };

    /// <summary>Side of the blocks that disjoint draws take.</summary>
    /// <exception cref="UsageException">It is not positive.</exception>
    public static int BlockSize(ParseResult arguments) => Require.AtLeast(arguments.GetValue(Block), 1, Block.Name);

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
            throw new UsageException(
                $"there is no file or scene '{name}'{Suggestions.Phrase(name, known)}. Scenes: {string.Join(", ", known)}");
        }

        return folder is null
            ? throw new UsageException($"say where the files of {name} lie with {HyperspectralOptions.Folder.Name}")
            : HyperspectralCatalog.Load(name, folder);
    }
}
