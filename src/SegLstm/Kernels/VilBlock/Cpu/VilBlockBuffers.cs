using System.Numerics;
using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>What lies between the steps of a block.</summary>
internal sealed unsafe class VilBlockBuffers<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Segments that are in work at the same time.</summary>
    public const int Slots = 2;

    /// <summary>Samples whose projections are kept at the same time: with one segment a sample, that of the segment that is read
    /// ahead, of the next and of the one that is written.</summary>
    public const int Samples = 3;

    private readonly VilBlockShape shape;
    private readonly Scratch<T> memory;
    private readonly Scratch<T> states;
    private readonly T* projections;
    private readonly T* segments;
    private readonly nint projectionSize;
    private readonly nint slotSize;

    /// <summary>Takes memory.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="gateWidth">Gates of a token, in whole vectors.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public VilBlockBuffers(VilBlockShape shape, int gateWidth, int lanes)
    {
        this.shape = shape;
        projectionSize = (nint)shape.Tokens * 2 * shape.Inner;
        TokenWidth = (5 * shape.Inner) + gateWidth;
        slotSize = (nint)shape.LongestSegment * TokenWidth;
        var (kept, width) = (Math.Min(shape.Batch, Samples), shape.Inner / shape.Heads);
        var elements = (kept * projectionSize) + (Slots * slotSize);
        memory = new Scratch<T>((elements / lanes) + 2, 2, lanes);
        projections = memory.Take(checked((int)(kept * projectionSize / lanes) + 1));
        segments = memory.Take(checked((int)(Slots * slotSize / lanes) + 1));
        var mlstm = new MlstmShape(1, shape.Heads, shape.LongestSegment, width, width, shape.Chunk, lanes);
        var vectors = mlstm.StateElements / lanes;
        states = new Scratch<T>((long)vectors * shape.Heads, shape.Heads, lanes);
        States = [.. Enumerable.Range(0, shape.Heads).Select(_ => new MlstmCarry<T>(states.Take(vectors)))];
    }

    /// <summary>Elements from token to token of a segment: q, k, v, c, h and the gates of a token lie side by side.</summary>
    public int TokenWidth { get; }

    /// <summary>States of the heads between segments.</summary>
    public MlstmCarry<T>[] States { get; }

    /// <summary>Elements from token to token of <see cref="Projections"/>.</summary>
    public int ProjectionWidth => 2 * shape.Inner;

    /// <summary>Both halves of the up-projection of a sample, from token 0 on.</summary>
    public T* Projections(int sample) => projections + (sample % Samples * projectionSize);

    /// <summary>What is there for a segment, its first token first.</summary>
    public T* Segment(int work) => segments + (work % Slots * slotSize);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        states.Dispose();
    }
}
