using SegLstm.Kernels.DenseLinear;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>CLIP's feed-forward network: four times the width, and x · sigmoid(1.702 x) ("QuickGELU") in place of GELU.</summary>
/// <remarks>Names <c>c_fc, c_proj</c>.</remarks>
internal sealed class ClipMlp : nn.Module<Tensor, Tensor>
{
    private readonly Linear c_fc;
    private readonly Linear c_proj;

    public ClipMlp(int width, int layers) : base(nameof(ClipMlp))
    {
        c_fc = nn.Linear(width, 4 * width);
        c_proj = nn.Linear(4 * width, width);
        RegisterComponents();
        nn.init.normal_(c_fc.weight!, 0, Math.Pow(2 * width, -0.5));
        nn.init.normal_(c_proj.weight!, 0, Math.Pow(width, -0.5) * Math.Pow(2 * layers, -0.5));
    }

    /// <summary><c>(N, L, W)</c> to <c>(N, L, W)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var hidden = DenseLinear.Forward(c_fc, x);
        return DenseLinear.Forward(c_proj, hidden * sigmoid(1.702 * hidden)).MoveToOuterDisposeScope();
    }
}
