using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>Makes checkpoints fit: another resolution, and a classifier's for a segmentation backbone.</summary>
/// <remarks>
/// <para>Positions of another grid are resized bicubically (align_corners false), as by hustvl/Vim's
/// <c>interpolate_pos_embed</c>, which is DeiT's and BEiT's. A flat list of positions does not tell its grid, so that of a
/// checkpoint is taken to be square.</para>
/// <para>One deviation: theirs takes the class token's entry to be the first, though the published models have it in the
/// middle; here the one at the token's own place goes.</para>
/// </remarks>
internal static class VimCheckpoint
{
    private const string PositionName = "pos_embed";
    private const string ClassTokenName = "cls_token";

    /// <summary>A copy of a state dict as a model takes it.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">The model's state dict.</param>
    /// <param name="config">The model; of a backbone, the classifier's: it tells where the class token stood.</param>
    /// <exception cref="ArgumentException">The positions make no square, or the class token's place is not known.</exception>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target, VimConfig config)
    {
        var fitted = source.Where(entry => target.ContainsKey(entry.Key) || !IsOfHead(entry.Key)).ToDictionary();
        if (source.TryGetValue(PositionName, out var positions) && positions.dim() == 3)
        {
            fitted[PositionName] = FitPositions(positions, source, target, config);
        }

        // A classifier has no pyramid: the backbone's own stays as it is.
        if (source.ContainsKey("norm_f.weight") && !source.Keys.Any(IsOfPyramid))
        {
            foreach (var (name, value) in target.Where(entry => IsOfPyramid(entry.Key)))
            {
                fitted[name] = value;
            }
        }

        return fitted;
    }

    private static bool IsOfHead(string name) =>
        name == ClassTokenName || name.StartsWith("norm_f.", StringComparison.Ordinal)
        || name.StartsWith("head.", StringComparison.Ordinal);

    private static bool IsOfPyramid(string name) => name.StartsWith("fpn", StringComparison.Ordinal);

    private static Tensor FitPositions(
        Tensor positions, IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target,
        VimConfig config)
    {
        var (had, keeps) = (source.ContainsKey(ClassTokenName), target.ContainsKey(ClassTokenName));
        var patches = positions.shape[1] - (had ? 1 : 0);
        if (had && !keeps)
        {
            positions = VimTokens.Remove(positions, config.ClassTokenIndex(patches) ?? throw new ArgumentException(
                "The checkpoint has a class token, but VimConfig.ClassToken is None, so the place of its position is not " +
                "known: set ClassToken to where the token stood (Middle in the published models).",
                nameof(source)));
        }

        // A token that the checkpoint lacks is left for loading to tell of.
        return patches == config.Grid.Tokens || (keeps && !had) ? positions
            : VimTokens.ResizePositions(positions, Square(patches), config.Grid, keeps ? config.ClassTokenIndex : _ => null);
    }

    private static TokenGrid Square(long patches)
    {
        var side = (long)Math.Round(Math.Sqrt(patches));
        return side * side == patches ? new TokenGrid(side, side) : throw new ArgumentException(
            $"The checkpoint has positions for {patches} patches, which make no square grid, so they cannot be resized: " +
            "load it into a model of its own image size.");
    }
}
