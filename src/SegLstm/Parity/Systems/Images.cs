using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>The image that a model's side file describes.</summary>
internal static class Images
{
    /// <summary>Input x, checked against <c>B</c>, the channels of <c>input_shape</c>, and <c>input_resolution</c> (else the size in <c>input_shape</c>).</summary>
    public static Tensor Input(GoldenConfig config, GoldenTensors tensors, long[] shape)
    {
        if (shape.Length != 3)
        {
            throw config.Wrong("input_shape", "[channels, height, width]");
        }

        var size = config.Integers("input_resolution", shape[1..]);
        var batch = config.Integer("B", tensors["x"].shape[0]);
        return tensors.Of("x", [batch, shape[0], .. size]);
    }

    /// <summary>Input x of the shape that the key <c>x</c> states.</summary>
    public static Tensor Input(GoldenConfig config, GoldenTensors tensors) =>
        config.Integers("x") is { Length: 4 } shape
            ? tensors.Of("x", shape)
            : throw config.Wrong("x", "[batch, bands, height, width]");

    /// <summary>The size under a key: one number for both sides, or [height, width].</summary>
    public static (long Height, long Width) Size(GoldenConfig config, string key, long otherwise) =>
        config.Integers(key, [otherwise]) switch
        {
            [var side] => (side, side),
            [var height, var width] => (height, width),
            _ => throw config.Wrong(key, "a side or [height, width]"),
        };
}
