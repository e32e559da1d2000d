using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Tensors <c>(B, L, D)</c> that several orders share, and <c>(K, B, L, D)</c> of which each has its own: of a token, all
/// channels lie side by side, so that one is as near as another in any order.</summary>
/// <param name="shape">Sizes.</param>
/// <param name="orders">The orders.</param>
internal sealed unsafe class OrderedLayout<TLanes, TVector, T>(ScanShape shape, TokenOrders orders) : ScanLayout<T>(shape)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
{
    private readonly int channels = shape.Span;

    /// <inheritdoc/>
    public override int WeightElements => ScanShape.Chunk * Shape.States;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Read(T* tensor, Sharing sharing, int sample, int block, int chunk, T* tile)
    {
        var (offset, count) = Place(sharing, sample, block);
        var tokens = Shape.Tokens(chunk);
        var order = Order(block, chunk);
        var start = tensor + offset;
        if (count == TLanes.Count)
        {
            for (nint t = 0; t < tokens; t++)
            {
                TLanes.Store(TLanes.Load(start + ((nint)order[t] * channels)), tile + (t * TLanes.Count));
            }

            return;
        }

        for (nint t = 0; t < tokens; t++)
        {
            var lanes = new Span<T>(tile + (t * TLanes.Count), TLanes.Count);
            new ReadOnlySpan<T>(start + ((nint)order[t] * channels), count).CopyTo(lanes);
            lanes[count..].Clear();
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Write(T* tile, T* tensor, Sharing sharing, int sample, int block, int chunk)
    {
        var (offset, count) = Place(sharing, sample, block);
        var tokens = Shape.Tokens(chunk);
        var order = Order(block, chunk);
        var start = tensor + offset;
        var adds = sharing == Sharing.Shared && OrderOf(block) > 0;
        if (count == TLanes.Count)
        {
            for (nint t = 0; t < tokens; t++)
            {
                var target = start + ((nint)order[t] * channels);
                var value = TLanes.Load(tile + (t * TLanes.Count));
                TLanes.Store(adds ? TLanes.Add(TLanes.Load(target), value) : value, target);
            }

            return;
        }

        for (nint t = 0; t < tokens; t++)
        {
            T* value = tile + (t * TLanes.Count), target = start + ((nint)order[t] * channels);
            for (var lane = 0; lane < count; lane++)
            {
                target[lane] = adds ? target[lane] + value[lane] : value[lane];
            }
        }
    }

    /// <inheritdoc/>
    public override void Expect(T* tensor, Sharing sharing, int sample, int block, int chunk)
    {
        if (!Sse.IsSupported || tensor == null)
        {
            return;
        }

        var start = tensor + Place(sharing, sample, block).Start;
        var tokens = Shape.Tokens(chunk);
        var order = Order(block, chunk);
        for (nint t = 0; t < tokens; t++)
        {
            Sse.Prefetch1(start + ((nint)order[t] * channels));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override T* Weights(T* weights, in WeightSteps steps, int groups, int sample, int block, int chunk, T* copy)
    {
        var start = weights + (sample * steps.Sample) + (OrderOf(block) * steps.Group);
        var order = Order(block, chunk);
        var (tokens, states) = (Shape.Tokens(chunk), Shape.States);
        for (nint t = 0; t < tokens; t++)
        {
            var ofToken = start + (order[t] * steps.Token);
            if (states == 1)
            {
                copy[t] = *ofToken;
            }
            else
            {
                new ReadOnlySpan<T>(ofToken, states).CopyTo(new Span<T>(copy + (t * states), states));
            }
        }

        return copy;
    }

    /// <inheritdoc/>
    public override nint WeightStep(in WeightSteps steps) => Shape.States;

    /// <inheritdoc/>
    public override void WriteSums(T* tile, int states, int block, int chunk, T* target)
    {
        var order = Order(block, chunk);
        var tokens = Shape.Tokens(chunk);
        var sums = stackalloc T[ScanShape.Chunk * ScanShape.StatesTogether];
        if (states == ScanShape.StatesTogether)
        {
            Tiles.SumFours(tile, Shape.Lanes, tokens, sums, states);
        }
        else
        {
            Tiles.Sum(tile, Shape.Lanes, tokens, sums);
        }

        for (nint t = 0; t < tokens; t++)
        {
            for (var n = 0; n < states; n++)
            {
                target[((nint)order[t] * Shape.States) + n] = sums[(t * states) + n];
            }
        }
    }

    private int OrderOf(int block) => block / (Shape.Blocks / Shape.Orders);

    private int* Order(int block, int chunk) => orders.Of(OrderOf(block)) + Shape.Start(chunk);

    /// <summary>Where a block's channels of token 0 lie, and how many they are.</summary>
    private (nint Start, int Count) Place(Sharing sharing, int sample, int block)
    {
        var order = OrderOf(block);
        var (first, count) = Shape.ChannelsOf(block);
        var row = sharing == Sharing.Own ? ((nint)order * Shape.Batch) + sample : sample;
        return ((row * Shape.Length * channels) + first - (order * channels), count);
    }
}
