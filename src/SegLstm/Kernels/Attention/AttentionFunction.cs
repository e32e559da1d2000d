using SegLstm.Kernels.Attention.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention;

/// <summary>Attention on the CPU as a function with a gradient written by hand.</summary>
/// <remarks>With P the weights, g the gradient of the output and s = 1/√d: <c>dv = Pᵀ g</c>, <c>dP = g vᵀ</c>,
/// <c>dS = P (dP - Σ P dP)</c> with the sum over the keys, <c>dq = s dS k</c>, <c>dk = s dSᵀ q</c>, and dS is the bias's.</remarks>
internal sealed class AttentionFunction : autograd.SingleTensorFunction<AttentionFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(Attention);

    /// <summary>Mixes tokens, and records a gradient where one may be asked for.</summary>
    public static Tensor Run(Tensor qkv, long heads, Tensor? bias, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        var y = TokenTensors.WantGradient(qkv, bias)
            ? apply(qkv, bias!, heads, width, bias is not null && TokenTensors.WantGradient(bias))
            : CpuAttention.Forward(TokenTensors.Ready(qkv), heads, bias, width);
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (qkv, bias) = (TokenTensors.Ready((Tensor)vars[0]), vars[1] as Tensor);
        var (heads, width) = ((long)vars[2], (LaneWidth)vars[3]);
        ctx.save_for_backward(bias is null ? [qkv] : [qkv, bias]);
        ctx.save_data("heads", heads);
        ctx.save_data("width", width);
        ctx.save_data("bias", (bool)vars[4]);
        return CpuAttention.Forward(qkv, heads, bias, width);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (qkv, bias) = (saved[0], saved.Count > 1 ? saved[1] : null);
        var (heads, wanted) = ((long)ctx.get_data("heads")!, (bool)ctx.get_data("bias")!);
        var (ofTokens, ofBias) = is_grad_enabled()
            ? Recorded(qkv, heads, bias, grad_output)
            : CpuAttention.Backward(
                qkv, heads, bias, TokenTensors.Ready(grad_output), wanted, (LaneWidth)ctx.get_data("width")!);
        return [ofTokens, wanted ? Reduced(ofBias!, bias!.shape) : null!, null!, null!, null!];
    }

    /// <summary>The same gradients on torch operators, which can be differentiated again; of the bias before it was broadcast.</summary>
    private static (Tensor Tokens, Tensor Scores) Recorded(Tensor qkv, long heads, Tensor? bias, Tensor gradient)
    {
        var width = qkv.shape[^1] / (3 * heads);
        var split = qkv.unflatten(-1, 3, heads, width);
        Tensor Part(long index) => split.select(-3, index).transpose(-3, -2);
        var (q, k, v, g) = (Part(0), Part(1), Part(2), gradient.unflatten(-1, heads, width).transpose(-3, -2));
        var scale = 1 / Math.Sqrt(width);
        var products = matmul(q, k.transpose(-2, -1)) * scale;
        var p = nn.functional.softmax(bias is null ? products : products + bias, -1);
        var dp = matmul(g, v.transpose(-2, -1));
        var ds = p * (dp - (p * dp).sum(-1, keepdim: true));
        Tensor[] parts = [matmul(ds, k) * scale, matmul(ds.transpose(-2, -1), q) * scale, matmul(p.transpose(-2, -1), g)];
        return (cat([.. parts.Select(part => part.transpose(-3, -2).flatten(-2))], -1), ds);
    }

    /// <summary>Sums what was broadcast.</summary>
    private static Tensor Reduced(Tensor full, long[] shape)
    {
        while (full.dim() > shape.Length)
        {
            full = full.sum(dim: 0);
        }

        for (var i = 0; i < shape.Length; i++)
        {
            full = shape[i] == 1 && full.shape[i] > 1 ? full.sum(i, keepdim: true) : full;
        }

        return full;
    }
}
