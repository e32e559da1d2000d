using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>A linear layer as vision transformers start it.</summary>
internal static class TransformerLinear
{
    /// <summary>Truncated normal with standard deviation 0.02, bias 0.</summary>
    public static Linear Make(long inputs, long outputs, bool bias = true)
    {
        var linear = nn.Linear(inputs, outputs, hasBias: bias);
        nn.init.trunc_normal_(linear.weight!, std: 0.02);
        if (linear.bias is { } offset)
        {
            nn.init.zeros_(offset);
        }

        return linear;
    }
}
