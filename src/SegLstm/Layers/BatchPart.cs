using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>
/// Which samples of a batch this process has, where several share it. Layers that draw random numbers draw those of the whole
/// batch and take their samples' part: so what is dropped does not depend on the number of processes.
/// </summary>
internal sealed class BatchPart : IDisposable
{
    [ThreadStatic]
    private static BatchPart? current;

    private readonly BatchPart? _outer;
    private readonly long _first, _count, _total;

    private BatchPart(long first, long count, long total)
    {
        (_first, _count, _total, _outer) = (first, count, total, current);
        current = this;
    }

    /// <summary>Until it is disposed, this thread computes a part of a batch.</summary>
    /// <param name="first">Its first sample.</param>
    /// <param name="count">Its samples.</param>
    /// <param name="total">Samples of the whole batch.</param>
    public static IDisposable Begin(long first, long count, long total) => new BatchPart(first, count, total);

    /// <summary>Random numbers for some samples.</summary>
    /// <param name="samples">How many; several times the batch where a layer has each sample several times.</param>
    /// <param name="draw">Draws for as many samples as it is told, along the first dimension.</param>
    public static Tensor Draw(long samples, Func<long, Tensor> draw)
    {
        if (current is not { } part) return draw(samples);
        using Tensor all = draw(Whole(samples));
        return all.narrow(0, part._first * (samples / part._count), samples);
    }

    /// <summary>Dropout in training: values, or whole channels, become 0 with the given probability, and the others count
    /// 1/(1-p) times.</summary>
    /// <param name="x"><c>(N, C, ...)</c>.</param>
    /// <param name="rate">The probability p.</param>
    /// <param name="channels">Whether a channel of a sample is dropped as a whole.</param>
    public static Tensor Drop(Tensor x, double rate, bool channels)
    {
        if (current is null)
        {
            return channels ? nn.functional.dropout2d(x, rate, training: true) : nn.functional.dropout(x, rate, training: true);
        }

        // As libtorch draws: the numbers are the same for one process and for several.
        long[] sample = channels ? [x.shape[1], .. Enumerable.Repeat(1L, (int)x.dim() - 2)] : x.shape[1..];
        using Tensor kept = Draw(
            x.shape[0], n => empty([n, .. sample], dtype: x.dtype, device: x.device).bernoulli_(1 - rate).div_(1 - rate));
        return x * kept;
    }

    /// <summary>Samples of all processes, where here are some.</summary>
    /// <param name="samples">How many are here.</param>
    public static long Whole(long samples) => current is { } part ? part._total * (samples / part._count) : samples;

    /// <summary>Of samples that were chosen from those of all processes the ones that are here.</summary>
    /// <param name="chosen">int64 <c>(n)</c>, numbers among those of all processes.</param>
    /// <param name="samples">How many are here.</param>
    /// <returns>int64 <c>(m)</c>, numbers among those that are here.</returns>
    public static Tensor Own(Tensor chosen, long samples)
    {
        if (current is not { } part) return chosen;
        long first = part._first * (samples / part._count);
        using Tensor from = chosen.ge(first), to = chosen.lt(first + samples), here = from.logical_and(to);
        using Tensor own = chosen.masked_select(here);
        return own - first;
    }

    /// <inheritdoc />
    public void Dispose() => current = _outer;
}
