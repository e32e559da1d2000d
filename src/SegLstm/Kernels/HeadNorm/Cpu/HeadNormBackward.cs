using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.HeadNorm.Cpu;

/// <summary>The backward pass. Each piece adds up gradients <c>(2, E)</c> of weight and bias of its own.</summary>
internal sealed unsafe class HeadNormBackward<TLanes, TVector, T>(
    HeadNormShape shape, HeadRows<T> inputs, nint weight, nint statistics, TokenRows<T> outGradients, HeadRows<T> gradients,
    nint partSums)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int whole = shape.Width / TLanes.Count * TLanes.Count;
    private readonly T count = T.CreateChecked(shape.Width);

    /// <summary>Goes back through a piece of the tokens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, from, to) = shape.Pieces.Of(piece);
        var rows = shape.RowsTogether;
        using var scratch = new Scratch<T>((2 * rows) + (2 * ((rows / TLanes.Count) + 1)), 4, TLanes.Count);
        var lanes = scratch.Take(rows);
        var products = scratch.Take(rows);
        var sums = scratch.Take((rows / TLanes.Count) + 1);
        var projections = scratch.Take((rows / TLanes.Count) + 1);
        var weightSums = (T*)partSums + ((nint)piece * 2 * shape.Channels);
        var biasSums = weightSums + shape.Channels;
        for (int first = from, end; first < to; first = end)
        {
            end = HeadNormShape.GroupEnd(first, to);
            var means = (T*)statistics + ((((nint)sample * shape.Tokens) + first) * shape.Heads);
            var scales = means + ((nint)shape.Batch * shape.Tokens * shape.Heads);
            var row = 0;
            for (var token = first; token < end; token++)
            {
                for (var head = 0; head < shape.Heads; head++, row++)
                {
                    var channel = head * shape.Width;
                    Sum(inputs.At(sample, head, token), means[row], scales[row], (T*)weight + channel,
                        outGradients.At(sample, token) + channel, lanes + ((nint)row * TLanes.Count),
                        products + ((nint)row * TLanes.Count), weightSums + channel, biasSums + channel);
                }
            }

            Tiles.Sum(lanes, TLanes.Count, row, sums);
            Tiles.Sum(products, TLanes.Count, row, projections);
            row = 0;
            for (var token = first; token < end; token++)
            {
                for (var head = 0; head < shape.Heads; head++, row++)
                {
                    var channel = head * shape.Width;
                    Differentiate(
                        inputs.At(sample, head, token), means[row], scales[row], (T*)weight + channel,
                        outGradients.At(sample, token) + channel, sums[row] / count, projections[row] / count,
                        gradients.At(sample, head, token));
                }
            }
        }
    }

    /// <summary>Lanes' sums of w and w·n, and the sums over tokens of g·n and g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(
        T* x, T mean, T scale, T* weights, T* g, T* lanes, T* products, T* weightSums, T* biasSums)
    {
        var (sum, product) = (TLanes.Broadcast(T.Zero), TLanes.Broadcast(T.Zero));
        var (center, factor) = (TLanes.Broadcast(mean), TLanes.Broadcast(scale));
        for (var e = 0; e < whole; e += TLanes.Count)
        {
            var gradient = TLanes.Load(g + e);
            var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(x + e), center), factor);
            var weighted = TLanes.Multiply(gradient, TLanes.Load(weights + e));
            sum = TLanes.Add(sum, weighted);
            product = TLanes.MultiplyAdd(weighted, normal, product);
            TLanes.Store(TLanes.MultiplyAdd(gradient, normal, TLanes.Load(weightSums + e)), weightSums + e);
            TLanes.Store(TLanes.Add(gradient, TLanes.Load(biasSums + e)), biasSums + e);
        }

        TLanes.Store(sum, lanes);
        TLanes.Store(product, products);
        for (var e = whole; e < shape.Width; e++)
        {
            var normal = (x[e] - mean) * scale;
            lanes[e - whole] += g[e] * weights[e];
            products[e - whole] += g[e] * weights[e] * normal;
            weightSums[e] += g[e] * normal;
            biasSums[e] += g[e];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differentiate(T* x, T mean, T scale, T* weights, T* g, T sum, T projection, T* target)
    {
        var (center, factor) = (TLanes.Broadcast(mean), TLanes.Broadcast(scale));
        var (average, slope) = (TLanes.Broadcast(sum), TLanes.Broadcast(projection));
        for (var e = 0; e < whole; e += TLanes.Count)
        {
            var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(x + e), center), factor);
            var weighted = TLanes.Subtract(TLanes.Multiply(TLanes.Load(g + e), TLanes.Load(weights + e)), average);
            TLanes.Store(TLanes.Multiply(factor, TLanes.Subtract(weighted, TLanes.Multiply(normal, slope))), target + e);
        }

        for (var e = whole; e < shape.Width; e++)
        {
            var normal = (x[e] - mean) * scale;
            target[e] = scale * ((g[e] * weights[e]) - sum - (normal * projection));
        }
    }
}
