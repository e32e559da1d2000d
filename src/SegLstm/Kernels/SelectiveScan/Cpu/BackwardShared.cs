using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Tiles <c>(tokens, lanes)</c> of the backward pass that the blocks of a unit use one after the other.</summary>
internal readonly unsafe struct BackwardShared<T>
    where T : unmanaged
{
    /// <summary>Takes the memory.</summary>
    /// <param name="scratch">Memory.</param>
    /// <param name="states">States that are summed together.</param>
    public BackwardShared(Scratch<T> scratch, int states)
    {
        InputSums = scratch.Take(states * ScanShape.Chunk);
        OutputSums = scratch.Take(states * ScanShape.Chunk);
        Decays = scratch.Take(ScanShape.Chunk);
        States = scratch.Take(ScanShape.Chunk + 1);
    }

    /// <summary>Gradients of the input weights by lanes, one tile a state.</summary>
    public T* InputSums { get; }

    /// <summary>Gradients of the output weights by lanes, one tile a state.</summary>
    public T* OutputSums { get; }

    /// <summary>e of one state.</summary>
    public T* Decays { get; }

    /// <summary>x of one state, from before the chunk on.</summary>
    public T* States { get; }

    /// <summary>Pieces of memory.</summary>
    public static int Pieces => 4;

    /// <summary>Vectors of memory.</summary>
    public static int Vectors(int states) => (((2 * states) + 2) * ScanShape.Chunk) + 1;
}
