using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Stochastic depth around a residual branch: in training, a random part of the batch skips the branch.</summary>
/// <remarks>
/// With n samples and rate p, <c>keep = max(int(n(1-p)), 1)</c>. Where <c>(1-p) - keep/n</c> is within the tolerance, only a
/// random choice of <c>keep</c> samples runs the branch, and its result counts n/keep times; this saves the skipped work. For
/// smaller batches every sample runs and is multiplied by Bernoulli(1-p)/(1-p). Source: NX-AI/vision-lstm, <c>DropPath</c>.
/// </remarks>
public sealed class DropPath : nn.Module<Tensor, Func<Tensor, Tensor>, Tensor>
{
    private const double Tolerance = 0.01;
    private readonly double rate;
    private readonly bool alwaysSkipWork;

    /// <summary>Makes the wrapper.</summary>
    /// <param name="rate">Probability in [0, 1) that a sample skips the branch.</param>
    /// <param name="alwaysSkipWork">True: never fall back to the per-sample mask, however small the batch (Seg-LSTM's copy of the
    /// class).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public DropPath(double rate, bool alwaysSkipWork = false) : base(nameof(DropPath))
    {
        if (rate is < 0 or >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The drop path rate must be in [0, 1).");
        }

        (this.rate, this.alwaysSkipWork) = (rate, alwaysSkipWork);
        RegisterComponents();
    }

    /// <summary><c>x + branch(x)</c>, with samples dropped in training.</summary>
    /// <param name="x"><c>(B, ...)</c>.</param>
    /// <param name="branch">Residual branch; must keep the shape and treat samples alike.</param>
    public override Tensor forward(Tensor x, Func<Tensor, Tensor> branch)
    {
        using var scope = NewDisposeScope();
        if (!training || rate == 0)
        {
            return (x + branch(x)).MoveToOuterDisposeScope();
        }

        var batch = BatchPart.Whole(x.shape[0]);
        var kept = Math.Max((long)(batch * (1 - rate)), 1);
        if (!alwaysSkipWork && 1 - rate - (double)kept / batch > Tolerance)
        {
            long[] ones = [.. Enumerable.Repeat(1L, (int)x.dim() - 1)];
            var mask = BatchPart.Draw(x.shape[0], n => full([n, .. ones], 1 - rate, dtype: x.dtype, device: x.device).bernoulli());
            return (x + branch(x) * (mask / (1 - rate))).MoveToOuterDisposeScope();
        }

        var chosen = BatchPart.Own(randperm(batch, device: x.device).narrow(0, 0, kept), x.shape[0]);
        if (chosen.numel() == 0) return x.clone().MoveToOuterDisposeScope();
        var residual = branch(x.index_select(0, chosen));
        return x.index_add(0, chosen, residual.to(x.dtype), (double)batch / kept).MoveToOuterDisposeScope();
    }
}
