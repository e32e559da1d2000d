using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>How whole models start.</summary>
internal static class VMambaInit
{
    /// <summary>Truncated normal with standard deviation 0.02 and bias 0 on every linear map below a module, those of the
    /// second release's x_proj and dt_projs among them; the first release's are plain parameters and stay, as do step biases,
    /// state matrices and convolutions.</summary>
    /// <remarks>Source: MzeroMiko/VMamba, <c>VSSM._init_weights</c>.</remarks>
    public static void Apply(nn.Module model)
    {
        foreach (var module in model.modules())
        {
            if (module is GridLinear map)
            {
                map.ResetForModel();
            }
            else if (module is Linear linear)
            {
                nn.init.trunc_normal_(linear.weight!, std: 0.02);
                if (linear.bias is { } bias)
                {
                    nn.init.zeros_(bias);
                }
            }
        }
    }
}
