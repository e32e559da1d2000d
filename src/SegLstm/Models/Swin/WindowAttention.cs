using SegLstm.Kernels.Attention;
using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Multi-head self-attention within windows, with a learned bias for every distance of query and key.</summary>
/// <remarks>Names <c>relative_position_bias_table ((2w - 1)², heads), relative_position_index, qkv, proj</c>; Microsoft and
/// mmsegmentation have the same. The index is a buffer of the files, and always this layer's own. Source: Swin (arXiv
/// 2103.14030), equation 4; microsoft/Swin-Transformer, <c>WindowAttention</c>.</remarks>
public sealed class WindowAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Parameter relative_position_bias_table;
    private readonly Tensor relative_position_index;
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly long heads;
    private readonly long window;

    /// <summary>Makes the layer.</summary>
    /// <param name="dim">Token width C.</param>
    /// <param name="window">Side w of the windows.</param>
    /// <param name="heads">Heads; must divide C.</param>
    /// <param name="bias">Bias of queries, keys and values.</param>
    public WindowAttention(long dim, long window, long heads, bool bias = true) : base(nameof(WindowAttention))
    {
        (this.window, this.heads) = (window, heads);
        relative_position_bias_table = nn.Parameter(zeros([(2 * window - 1) * (2 * window - 1), heads]));
        nn.init.trunc_normal_(relative_position_bias_table, std: 0.02);
        relative_position_index = TokenWindows.PositionIndex(window);
        qkv = TransformerLinear.Make(dim, 3 * dim, bias);
        proj = TransformerLinear.Make(dim, dim);
        RegisterComponents();
    }

    /// <summary><c>(B, windows, w², C)</c> to the same.</summary>
    /// <param name="x">Tokens of the windows.</param>
    /// <param name="mask">Added to the products, <c>(windows, w², w²)</c>; null: nothing.</param>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var tokens = window * window;
        var bias = relative_position_bias_table.index_select(0, relative_position_index.view(-1))
            .view(tokens, tokens, heads).permute(2, 0, 1);
        bias = mask is null ? bias : bias + mask.unsqueeze(1);
        return DenseLinear.Forward(proj, Attention.Forward(DenseLinear.Forward(qkv, x), heads, bias)).MoveToOuterDisposeScope();
    }
}
