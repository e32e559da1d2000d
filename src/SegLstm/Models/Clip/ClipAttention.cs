using SegLstm.Kernels.Attention;
using SegLstm.Kernels.DenseLinear;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>Multi-head self-attention with queries, keys and values in one packed parameter.</summary>
/// <remarks>Names <c>in_proj_weight (3W, W), in_proj_bias, out_proj</c>, as PyTorch's <c>nn.MultiheadAttention</c>.</remarks>
internal sealed class ClipAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Parameter in_proj_weight;
    private readonly Parameter in_proj_bias;
    private readonly Linear out_proj;
    private readonly long heads;

    public ClipAttention(int width, int heads, int layers) : base(nameof(ClipAttention))
    {
        this.heads = heads;
        in_proj_weight = nn.Parameter(zeros(3 * width, width));
        in_proj_bias = nn.Parameter(zeros(3 * width));
        out_proj = nn.Linear(width, width);
        RegisterComponents();
        nn.init.normal_(in_proj_weight, 0, Math.Pow(width, -0.5));
        nn.init.normal_(out_proj.weight!, 0, Math.Pow(width, -0.5) * Math.Pow(2 * layers, -0.5));
        nn.init.zeros_(out_proj.bias!);
    }

    /// <summary><c>(N, L, W)</c> to <c>(N, L, W)</c>; the mask <c>(L, L)</c> is added to the scaled products.</summary>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var packed = DenseLinear.Forward(x, in_proj_weight, in_proj_bias);
        return DenseLinear.Forward(out_proj, Attention.Forward(packed, heads, mask)).MoveToOuterDisposeScope();
    }
}
