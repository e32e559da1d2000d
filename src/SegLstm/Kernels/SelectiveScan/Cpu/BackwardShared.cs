using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Tiles <c>(tokens, states, lanes)</c> of the backward pass, of four states or one, that the blocks of a unit use one
/// after the other.</summary>
internal readonly unsafe struct BackwardShared<T>
    where T : unmanaged
{
    /// <summary>Takes the memory.</summary>
    public BackwardShared(Scratch<T> scratch)
    {
        InputSums = scratch.Take(ScanShape.StatesTogether * ScanShape.Chunk);
        OutputSums = scratch.Take(ScanShape.StatesTogether * ScanShape.Chunk);
        Decays = scratch.Take(ScanShape.StatesTogether * ScanShape.Chunk);
        States = scratch.Take(ScanShape.StatesTogether * (ScanShape.Chunk + 1));
        None = scratch.TakeCleared(ScanShape.StatesTogether);
    }

    /// <summary>Gradients of the input weights by lanes.</summary>
    public T* InputSums { get; }

    /// <summary>Gradients of the output weights by lanes.</summary>
    public T* OutputSums { get; }

    /// <summary>e.</summary>
    public T* Decays { get; }

    /// <summary>x, from before the chunk on.</summary>
    public T* States { get; }

    /// <summary>States before the first chunk, 0: <c>(states, lanes)</c>.</summary>
    public T* None { get; }

    /// <summary>Pieces of memory.</summary>
    public static int Pieces => 5;

    /// <summary>Vectors of memory.</summary>
    public static int Vectors => ScanShape.StatesTogether * ((4 * ScanShape.Chunk) + 2);
}
