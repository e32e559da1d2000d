using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>How the parameters around the layers start.</summary>
/// <remarks>Source: hustvl/Vim, <c>segm_init_weights</c>; timm, <c>lecun_normal_</c>.</remarks>
internal static class VimInit
{
    private const double Deviation = 0.02;

    /// <summary>Standard deviation that is left of a standard normal distribution cut at ±2.</summary>
    private const double DeviationOfCut = 0.87962566103423978;

    /// <summary>A parameter, truncated normal with standard deviation 0.02.</summary>
    public static Parameter Normal(params long[] shape)
    {
        var parameter = nn.Parameter(zeros(shape));
        nn.init.trunc_normal_(parameter, std: Deviation);
        return parameter;
    }

    /// <summary>The head: truncated normal with standard deviation 0.02, bias 0.</summary>
    public static Linear Head(long dim, long classes)
    {
        var head = nn.Linear(dim, classes);
        nn.init.trunc_normal_(head.weight!, std: Deviation);
        nn.init.zeros_(head.bias!);
        return head;
    }

    /// <summary>Truncated normal whose variance is one over the inputs of an output.</summary>
    public static void LeCunNormal(Tensor weight)
    {
        var std = Math.Sqrt(1.0 / (weight.numel() / weight.shape[0])) / DeviationOfCut;
        nn.init.trunc_normal_(weight, std: std, a: -2 * std, b: 2 * std);
    }
}
