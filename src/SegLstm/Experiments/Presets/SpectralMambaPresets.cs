using SegLstm.Experiments.Hyperspectral;

namespace SegLstm.Experiments.Presets;

/// <summary>
/// SpectralMamba on the scenes of its paper (arXiv 2404.08489) that it gives numbers of, and on one for a laptop. The paper's recipe is
/// not known: window, R and batch are its own, the rest is ours.
/// </summary>
internal static class SpectralMambaPresets
{
    private const string Recipe =
        "its optimiser, rate and number of epochs, published nowhere that could be read: here Adam at a constant 1e-3, 300 epochs";

    private const string Model = "its network: here a reconstruction from published counts (docs/hyperspectral.md)";

    private static readonly PixelRecipe Ours = new();

    public static IReadOnlyList<PixelPreset> All { get; } =
    [
        new()
        {
            Name = "spectralmamba-synthetic",
            Title = "SpectralMamba on windows of 3 x 3, on a scene that is mixed from smooth spectra",
            Source = "this library",
            Recipe = Ours with { Share = 0.01 },
            Scene = "synthetic",
            Cost = "a minute on two processor cores",
            Expected = "93.3 % OA, deviation 1.2 over three draws: seglstm spectral compare synthetic --methods spectralmamba_patch "
                + "--shares 0.01 --draws 3",
        },
        new()
        {
            Name = "spectralmamba-houston2013",
            Title = "SpectralMamba on windows of 3 x 3, Houston 2013 with the contest's split",
            Source = "arXiv 2404.08489 as far as its counts tell",
            Recipe = Ours with { Split = PixelDraws.Published },
            Scene = "houston2013 --folder FOLDER",
            Cost = "minutes on two processor cores (estimated)",
            Expected = "unverified: the paper gives OA 89.52 %, AA 90.50 %, kappa 0.8864, with a recipe and a network of its own",
            Without = [Recipe, Model],
        },
        new()
        {
            Name = "spectralmamba-botswana",
            Title = "SpectralMamba on windows of 3 x 3, Botswana",
            Source = "arXiv 2404.08489 as far as its counts tell",
            Recipe = Ours,
            Scene = "botswana --folder FOLDER",
            Cost = "minutes on two processor cores (estimated)",
            Expected = "unverified: the paper gives OA 97.66 %, AA 98.06 %, kappa 0.9747, with a recipe, a network and a split of its own",
            Without = [Recipe, Model, "the authors' own split: here 5 % of the labels, in blocks apart from those that are tested"],
        },
    ];
}
