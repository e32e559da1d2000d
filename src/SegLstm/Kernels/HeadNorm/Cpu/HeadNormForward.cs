using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.HeadNorm.Cpu;

/// <summary>The forward pass. The lanes' sums of several heads are added up across at once.</summary>
/// <remarks>The statistics <c>(2, B, S, H)</c> are means, then reciprocal deviations; null: not kept.</remarks>
internal sealed unsafe class HeadNormForward<TLanes, TVector, T>(
    HeadNormShape shape, HeadRows<T> inputs, nint weight, nint bias, T eps, TokenRows<T> outputs, nint statistics)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int whole = shape.Width / TLanes.Count * TLanes.Count;
    private readonly T count = T.CreateChecked(shape.Width);

    /// <summary>Normalises a piece of the tokens.</summary>
    public void Run(int piece)
    {
        var (sample, from, to) = shape.Pieces.Of(piece);
        Run(sample, from, to);
    }

    /// <summary>Normalises consecutive tokens of a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int sample, int from, int to)
    {
        var rows = shape.RowsTogether;
        using var scratch = new Scratch<T>(rows + (2 * ((rows / TLanes.Count) + 1)), 3, TLanes.Count);
        var lanes = scratch.Take(rows);
        var means = scratch.Take((rows / TLanes.Count) + 1);
        var scales = scratch.Take((rows / TLanes.Count) + 1);
        for (int first = from, end; first < to; first = end)
        {
            end = HeadNormShape.GroupEnd(first, to);
            Measure(sample, first, end, lanes, means, scales);
            var row = 0;
            for (var token = first; token < end; token++)
            {
                for (var head = 0; head < shape.Heads; head++, row++)
                {
                    Normalize(
                        inputs.At(sample, head, token), means[row], scales[row], head * shape.Width,
                        outputs.At(sample, token) + (head * shape.Width));
                }
            }

            if (statistics != 0)
            {
                var kept = (T*)statistics + ((((nint)sample * shape.Tokens) + first) * shape.Heads);
                new ReadOnlySpan<T>(means, row).CopyTo(new Span<T>(kept, row));
                kept += (nint)shape.Batch * shape.Tokens * shape.Heads;
                new ReadOnlySpan<T>(scales, row).CopyTo(new Span<T>(kept, row));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int sample, int first, int end, T* lanes, T* means, T* scales)
    {
        var rows = (end - first) * shape.Heads;
        var row = 0;
        for (var token = first; token < end; token++)
        {
            for (var head = 0; head < shape.Heads; head++, row++)
            {
                Sum(inputs.At(sample, head, token), lanes + ((nint)row * TLanes.Count));
            }
        }

        Tiles.Sum(lanes, TLanes.Count, rows, means);
        row = 0;
        for (var token = first; token < end; token++)
        {
            for (var head = 0; head < shape.Heads; head++, row++)
            {
                means[row] /= count;
                SumOfSquares(inputs.At(sample, head, token), means[row], lanes + ((nint)row * TLanes.Count));
            }
        }

        Tiles.Sum(lanes, TLanes.Count, rows, scales);
        for (row = 0; row < rows; row++)
        {
            scales[row] = T.One / T.Sqrt((scales[row] / count) + eps);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(T* x, T* lanes)
    {
        var sum = TLanes.Broadcast(T.Zero);
        for (var e = 0; e < whole; e += TLanes.Count)
        {
            sum = TLanes.Add(sum, TLanes.Load(x + e));
        }

        TLanes.Store(sum, lanes);
        for (var e = whole; e < shape.Width; e++)
        {
            lanes[e - whole] += x[e];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOfSquares(T* x, T mean, T* lanes)
    {
        var (sum, center) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(mean));
        for (var e = 0; e < whole; e += TLanes.Count)
        {
            var difference = TLanes.Subtract(TLanes.Load(x + e), center);
            sum = TLanes.MultiplyAdd(difference, difference, sum);
        }

        TLanes.Store(sum, lanes);
        for (var e = whole; e < shape.Width; e++)
        {
            var difference = x[e] - mean;
            lanes[e - whole] += difference * difference;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalize(T* x, T mean, T scale, int channel, T* y)
    {
        var (center, factor) = (TLanes.Broadcast(mean), TLanes.Broadcast(scale));
        var weights = (T*)weight + channel;
        var offsets = bias == 0 ? null : (T*)bias + channel;
        for (var e = 0; e < whole; e += TLanes.Count)
        {
            var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(x + e), center), factor);
            var multiplier = TLanes.Load(weights + e);
            TLanes.Store(
                offsets == null
                    ? TLanes.Multiply(normal, multiplier)
                    : TLanes.MultiplyAdd(normal, multiplier, TLanes.Load(offsets + e)),
                y + e);
        }

        for (var e = whole; e < shape.Width; e++)
        {
            y[e] = ((x[e] - mean) * scale * weights[e]) + (offsets == null ? T.Zero : offsets[e]);
        }
    }
}
