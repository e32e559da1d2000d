using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Tensors <c>(B, D, L)</c>: of a channel, all tokens lie side by side.</summary>
/// <param name="shape">Sizes.</param>
internal sealed unsafe class RowsLayout<T>(ScanShape shape) : ScanLayout<T>(shape)
    where T : unmanaged, INumberBase<T>
{
    /// <inheritdoc/>
    public override int WeightElements => 0;

    /// <inheritdoc/>
    public override void Read(T* tensor, Sharing sharing, int sample, int block, int chunk, T* tile)
    {
        var (first, count) = Shape.ChannelsOf(block);
        Tiles.Read(
            tensor + Offset(sample, first, chunk), Shape.Length, count, Shape.Tokens(chunk), tile, Shape.Lanes, Shape.Reverse);
    }

    /// <inheritdoc/>
    public override void Write(T* tile, T* tensor, Sharing sharing, int sample, int block, int chunk)
    {
        var (first, count) = Shape.ChannelsOf(block);
        Tiles.Write(
            tile, Shape.Lanes, tensor + Offset(sample, first, chunk), Shape.Length, count, Shape.Tokens(chunk), Shape.Reverse);
    }

    /// <inheritdoc/>
    /// <remarks>The first cache has no room for that many rows, where they are a power of two apart.</remarks>
    public override void Expect(T* tensor, Sharing sharing, int sample, int block, int chunk)
    {
        if (tensor == null)
        {
            return;
        }

        var (first, count) = Shape.ChannelsOf(block);
        for (var r = 0; r < count; r++)
        {
            Prefetching.Ask(tensor + Offset(sample, first + r, chunk), Shape.Tokens(chunk));
        }
    }

    /// <inheritdoc/>
    public override T* Weights(T* weights, in WeightSteps steps, int groups, int sample, int block, int chunk, T* copy)
    {
        var group = Shape.ChannelsOf(block).First / (Shape.Channels / groups);
        return weights + (sample * steps.Sample) + (group * steps.Group) + (Shape.FirstToken(chunk) * steps.Token);
    }

    /// <inheritdoc/>
    public override nint WeightStep(in WeightSteps steps) => Shape.Reverse ? -steps.Token : steps.Token;

    /// <inheritdoc/>
    public override void WriteSums(T* tile, int states, int block, int chunk, T* target)
    {
        nint step = Shape.Reverse ? -Shape.States : Shape.States;
        var tokens = Shape.Tokens(chunk);
        target += (nint)Shape.FirstToken(chunk) * Shape.States;
        if (states == ScanShape.StatesTogether)
        {
            Tiles.SumFours(tile, Shape.Lanes, tokens, target, step);
            return;
        }

        var sums = stackalloc T[ScanShape.Chunk];
        Tiles.Sum(tile, Shape.Lanes, tokens, sums);
        for (nint t = 0; t < tokens; t++)
        {
            target[t * step] = sums[t];
        }
    }

    private nint Offset(int sample, int channel, int chunk) =>
        ((((nint)sample * Shape.Channels) + channel) * Shape.Length) + Shape.Start(chunk);
}
