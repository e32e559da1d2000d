using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>The normalised, temperature-scaled cross entropy: of all vectors of a batch, a vector's other view shall be the one
/// most like it.</summary>
/// <remarks>
/// <para>With <c>z</c> the <c>2B</c> vectors of both views at length 1, and the similarity <c>s = z·z/τ</c>, row k loses
/// <c>-s(k, positive) + log(Σ over negatives exp(s) + 1e-8)</c>; the loss is the mean over the rows. In GLCNet's code neither the
/// row itself nor <b>its positive is among the summands</b>, so the loss can be negative and has no floor at 0. In SimCLR's
/// formula the positive is one of the summands, and there is no 1e-8.</para>
/// <para>The sums are computed as logarithms: small temperatures do not overflow.
/// Source: GeoX-Lab/G-RSIM, <c>utils/contrast_loss.py</c>; SimCLR (arXiv 2002.05709, eq. 1).</para>
/// <code>
/// var loss = new NtXentLoss(0.5).forward(torch.randn(8, 64), torch.randn(8, 64));     // a scalar near log 14
/// </code>
/// </remarks>
public sealed class NtXentLoss : nn.Module<Tensor, Tensor, Tensor>
{
    private const double LeastSum = 1e-8;

    private readonly double temperature;
    private readonly bool countsPositive;

    /// <summary>Makes the loss.</summary>
    /// <param name="temperature">τ, what similarities from -1 to 1 are divided by; 0.5 in GLCNet.</param>
    /// <param name="positiveInDenominator">Whether the positive is among the summands: SimCLR's formula.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive.</exception>
    public NtXentLoss(double temperature = 0.5, bool positiveInDenominator = false) : base(nameof(NtXentLoss)) =>
        (this.temperature, countsPositive) = (Vectors.Positive(temperature), positiveInDenominator);

    /// <summary>Vectors <c>(B, D)</c> of the first and of the second view, row by row of the same image, to a scalar.</summary>
    /// <exception cref="ArgumentException">They are no matrices of one shape.</exception>
    public override Tensor forward(Tensor first, Tensor second)
    {
        Vectors.RequirePairs(first, second);
        using var scope = NewDisposeScope();
        var z = nn.functional.normalize(cat([first, second], 0), dim: 1);
        var similarity = z.matmul(z.t()) / temperature;
        var rows = arange(2 * first.shape[0], device: z.device);
        var positives = rows.roll(first.shape[0]);
        var own = rows.unsqueeze(1).eq(rows);
        var excluded = countsPositive ? own : own.logical_or(positives.unsqueeze(1).eq(rows));
        var summands = similarity.masked_fill(excluded, double.NegativeInfinity);
        if (!countsPositive)
        {
            summands = cat([summands, full_like(summands.narrow(1, 0, 1), Math.Log(LeastSum))], 1);
        }

        var attraction = similarity.gather(1, positives.unsqueeze(1)).squeeze(1);
        return (summands.logsumexp(1) - attraction).mean().MoveToOuterDisposeScope();
    }
}
