using SegLstm.Models.Hyperspectral;
using SegLstm.Models.Mamba;

namespace SegLstm.Models.SpectralMamba;

/// <summary>Multiply-adds of SpectralMamba for one pixel in closed form.</summary>
internal static class SpectralMambaComplexity
{
    /// <summary>By the convention of <see cref="Complexity"/>.</summary>
    public static double MultiplyAdds(SpectralMamba model, GatedMerging? merging)
    {
        var (config, pieces) = (model.Config, model.Pieces);
        double values = (double)pieces.Count * config.Dim;
        // A layer: norm, block, sum. Behind the layers: norm, and where the mean is taken one sum more.
        var layer = MambaComplexity.Block(config.Mixer, pieces.Count) + (3 * values);
        return (merging?.MultiplyAdds(model.Input.Pixels) ?? 0) + (values * pieces.Width) + (config.Depth * layer) + (2 * values)
            + (config.Pooling == SpectrumPooling.Mean ? values : 0) + ((double)model.Features * model.Input.Classes);
    }

    /// <summary>As the published tables count.</summary>
    public static ProfilerCost Profiled(SpectralMamba model, GatedMerging? merging)
    {
        var (config, pieces) = (model.Config, model.Pieces);
        var norm = ProfilerCost.Norm(config.Dim, pieces.Count);
        return (merging?.Profiled(model.Input.Pixels) ?? default)
            + ProfilerCost.Linear(pieces.Width, config.Dim, pieces.Count)
            + (config.Depth * (norm + Block(config.Mixer, pieces.Count))) + norm
            + ProfilerCost.Linear(model.Features, model.Input.Classes);
    }

    /// <summary>A Mamba block whose projections and convolution are modules that are called; the convolution is padded on both
    /// sides and cut, as Mamba's own code does.</summary>
    public static ProfilerCost Block(MambaConfig config, int tokens) =>
        ProfilerCost.Linear(config.Dim, 2 * config.Inner, tokens, bias: false)
        + ProfilerCost.Convolution(1, config.Inner, config.ConvKernelSize, tokens + config.ConvKernelSize - 1)
        + ProfilerCost.Linear(config.Inner, config.Rank + (2 * config.StateSize), tokens, bias: false)
        + ProfilerCost.Linear(config.Rank, config.Inner, tokens)
        + ProfilerCost.Linear(config.Inner, config.Dim, tokens, bias: false);
}
