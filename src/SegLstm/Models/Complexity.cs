using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>What a model costs: parameters, and multiply-adds for one image, counted in closed form.</summary>
/// <remarks>
/// <para><b>Convention</b> (that of the ViL and transformer tables, where ViL-T has "1.5 G" at 224²): one FLOP is one
/// multiply-add. Causal products of the mLSTM count the S(S+1)/2 entries that are needed. A norm counts 2 a value; activations,
/// sums and products 1; a bilinear resize 4 an output value. Divide seconds on a machine by it with care: hardware figures
/// usually count a multiply-add as two.</para>
/// <para>Parameters are all trainable ones; running statistics are not counted.</para>
/// </remarks>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="MultiplyAdds">Multiply-adds for one image.</param>
public sealed record Complexity(long Parameters, double MultiplyAdds)
{
    /// <summary>Multiply-adds in 10⁹, as papers print them.</summary>
    public double GigaFlops => MultiplyAdds / 1e9;

    /// <summary>Parameters in 10⁶.</summary>
    public double MegaParameters => Parameters / 1e6;

    /// <summary>Counts a model at an image size. The auxiliary head counts in the parameters, not in the multiply-adds:
    /// prediction leaves it out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public static Complexity Of(Segmenter model, long height, long width)
    {
        var pixels = model.Backbone.Strides.Select(stride =>
            Math.Max(height / stride, 1) * Math.Max(width / stride, 1)).ToArray();
        var resize = 4.0 * height * width * model.Classes;
        return new Complexity(
            CountParameters(model),
            model.Backbone.MultiplyAdds(height, width) + model.Head.MultiplyAdds(pixels) + resize);
    }

    /// <summary>Counts a Vision-LSTM, with its classifier where it has one, at an image size.</summary>
    /// <inheritdoc cref="Of(Segmenter, long, long)"/>
    public static Complexity Of(VisionLstm.TokenEncoder model, long height, long width) =>
        new(CountParameters(model), model.MultiplyAdds(height, width));

    /// <summary>Counts a model that can be trained; multiply-adds that nobody counts are NaN.</summary>
    internal static Complexity OfAny(nn.Module model, long height, long width) => model switch
    {
        Segmenter segmenter => Of(segmenter, height, width),
        VisionLstm.TokenEncoder encoder => Of(encoder, height, width),
        _ => new Complexity(CountParameters(model), double.NaN),
    };

    /// <summary>Counts the parameters of a module; one that is used in two places counts once.</summary>
    public static long CountParameters(nn.Module module) => module.parameters().Sum(parameter => parameter.numel());
}
