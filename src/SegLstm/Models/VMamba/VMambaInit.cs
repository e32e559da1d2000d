using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>How whole models start.</summary>
internal static class VMambaInit
{
    /// <summary>Normal with standard deviation 0.02, and bias 0, on the linear layers below a module, the second release's
    /// x_proj and dt_projs among them; the first release's are plain parameters and stay, as do step biases, state matrices and
    /// convolutions.</summary>
    /// <remarks>Source: MzeroMiko/VMamba, <c>VSSM._init_weights</c>.</remarks>
    public static void Apply(nn.Module model)
    {
        foreach (var linear in model.modules().OfType<Linear>())
        {
            nn.init.normal_(linear.weight!, std: 0.02);
            if (linear.bias is { } bias)
            {
                nn.init.zeros_(bias);
            }
        }
    }
}
