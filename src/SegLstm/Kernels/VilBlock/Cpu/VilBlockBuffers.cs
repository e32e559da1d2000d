using System.Numerics;
using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>What lies between the steps of a block.</summary>
internal sealed unsafe class VilBlockBuffers<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A cache line more from token to token, so that tokens do not all begin at the same places of the cache.
    private const int Gap = 16;

    // Queries, keys, values, what goes round the mLSTM and what it retrieves.
    private const int Parts = 5;

    private readonly VilBlockShape shape;
    private readonly VilBlockSchedule schedule;
    private readonly Scratch<T> memory;
    private readonly Scratch<T> states;
    private readonly T* projections;
    private readonly T* segments;
    private readonly nint projectionSize;
    private readonly nint slotSize;

    /// <summary>Takes memory.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="schedule">The order of the steps.</param>
    /// <param name="gateWidth">Gates of a token, in whole vectors.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public VilBlockBuffers(VilBlockShape shape, VilBlockSchedule schedule, int gateWidth, int lanes)
    {
        (this.shape, this.schedule) = (shape, schedule);
        (ProjectionWidth, ChannelWidth, GateWidth) = ((2 * shape.Inner) + Gap, shape.Inner + Gap, gateWidth);
        projectionSize = (nint)shape.Tokens * ProjectionWidth;
        slotSize = (nint)shape.LongestSegment * ((Parts * ChannelWidth) + GateWidth);
        var elements = (schedule.Samples * projectionSize) + (schedule.Slots * slotSize);
        memory = new Scratch<T>((elements / lanes) + 2, 2, lanes);
        projections = memory.Take(checked((int)(schedule.Samples * projectionSize / lanes) + 1));
        segments = memory.Take(checked((int)(schedule.Slots * slotSize / lanes) + 1));
        var width = shape.Inner / shape.Heads;
        var mlstm = new MlstmShape(1, shape.Heads, shape.LongestSegment, width, width, shape.LongestSegment, lanes);
        var vectors = mlstm.StateElements / lanes;
        states = new Scratch<T>((long)vectors * shape.Heads, shape.Heads, lanes);
        States = [.. Enumerable.Range(0, shape.Heads).Select(_ => new MlstmCarry<T>(states.Take(vectors)))];
    }

    /// <summary>Elements from token to token of <see cref="Channels"/>.</summary>
    public int ChannelWidth { get; }

    /// <summary>Elements from token to token of <see cref="Gates"/>.</summary>
    public int GateWidth { get; }

    /// <summary>States of the heads between segments.</summary>
    public MlstmCarry<T>[] States { get; }

    /// <summary>Elements from token to token of <see cref="Projections"/>.</summary>
    public int ProjectionWidth { get; }

    /// <summary>Both halves of the up-projection of a sample, from token 0 on.</summary>
    public T* Projections(int sample) => projections + (sample % schedule.Samples * projectionSize);

    /// <summary>Channels of a segment's tokens, its first token first.</summary>
    /// <param name="work">The segment.</param>
    /// <param name="part">0 to 2: queries, keys and values; 3: what goes round the mLSTM; 4: what it retrieves.</param>
    public T* Channels(int work, int part) =>
        segments + (work % schedule.Slots * slotSize) + ((nint)part * shape.LongestSegment * ChannelWidth);

    /// <summary>Gates of a segment's tokens.</summary>
    public T* Gates(int work) => Channels(work, Parts);

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        states.Dispose();
    }
}
