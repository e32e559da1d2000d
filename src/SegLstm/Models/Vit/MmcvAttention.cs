using SegLstm.Kernels.Attention;
using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>Multi-head self-attention under mmcv's names: mmcv's wrapper around PyTorch's <c>MultiheadAttention</c>.</summary>
/// <remarks>Names <c>attn.in_proj_weight, attn.in_proj_bias, attn.out_proj</c>. As in PyTorch, the bias switch is the output's,
/// too.</remarks>
internal sealed class MmcvAttention : nn.Module<Tensor, Tensor>
{
    private readonly Packed attn;

    public MmcvAttention(long dim, long heads, bool bias) : base(nameof(MmcvAttention))
    {
        attn = new Packed(dim, heads, bias);
        RegisterComponents();
    }

    /// <summary><c>(B, N, D)</c> to <c>(B, N, D)</c>.</summary>
    public override Tensor forward(Tensor x) => attn.call(x);

    private sealed class Packed : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter in_proj_weight;
        private readonly Parameter? in_proj_bias;
        private readonly Linear out_proj;
        private readonly long heads;

        public Packed(long dim, long heads, bool bias) : base(nameof(MultiheadAttention))
        {
            this.heads = heads;
            in_proj_weight = nn.Parameter(zeros([3 * dim, dim]));
            nn.init.xavier_uniform_(in_proj_weight);
            in_proj_bias = bias ? nn.Parameter(zeros([3 * dim])) : null;
            out_proj = TransformerLinear.Make(dim, dim, bias);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var qkv = nn.functional.linear(x, in_proj_weight, in_proj_bias);
            return DenseLinear.Forward(out_proj, Attention.Forward(qkv, heads)).MoveToOuterDisposeScope();
        }
    }
}
