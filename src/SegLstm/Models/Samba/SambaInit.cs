using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>How Samba's parameters start.</summary>
internal static class SambaInit
{
    /// <summary>Linear layers truncated normal with standard deviation 0.02, 2-D convolutions normal with variance 2 / fan out,
    /// all their biases 0.</summary>
    /// <remarks>
    /// The sweep reaches into the Mamba blocks, too, and overwrites their start: step sizes begin near softplus(0) = 0.69, not
    /// between 0.001 and 0.1. That is how the published models were trained. Source: zhuqinfeng1999/Samba,
    /// <c>Samba._init_weights</c>.
    /// </remarks>
    public static void Sweep(nn.Module module) => module.apply(part =>
    {
        switch (part)
        {
            case Linear linear:
                nn.init.trunc_normal_(linear.weight!, std: 0.02);
                Zero(linear.bias);
                break;
            case Conv2d convolution:
                var shape = convolution.weight!.shape;
                var fanOut = shape[0] * shape[2] * shape[3] / convolution.groups;
                nn.init.normal_(convolution.weight, 0, Math.Sqrt(2.0 / fanOut));
                Zero(convolution.bias);
                break;
        }
    });

    private static void Zero(Tensor? bias)
    {
        if (bias is not null)
        {
            nn.init.zeros_(bias);
        }
    }
}
