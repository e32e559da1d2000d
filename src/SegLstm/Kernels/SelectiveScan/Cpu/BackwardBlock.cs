using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What the backward pass carries for a block of channels from chunk to chunk.</summary>
internal readonly unsafe struct BackwardBlock<T>
    where T : unmanaged
{
    /// <summary>Takes the memory and sets the sums to 0; 4 N + 2 vectors.</summary>
    /// <param name="scratch">Memory.</param>
    /// <param name="parameters">The block's parameters.</param>
    /// <param name="states">N.</param>
    public BackwardBlock(Scratch<T> scratch, LaneParameters<T> parameters, int states)
    {
        Parameters = parameters;
        Carry = scratch.Take(states);
        A = scratch.TakeCleared(states);
        B = scratch.TakeCleared(states);
        C = scratch.TakeCleared(states);
        Skip = scratch.TakeCleared(1);
        DeltaBias = scratch.TakeCleared(1);
    }

    /// <summary>The block's parameters.</summary>
    public LaneParameters<T> Parameters { get; }

    /// <summary>Tile <c>(N, lanes)</c> of <c>e_t λ_t</c> of the token after the chunk; after the last token the gradient of the last
    /// state.</summary>
    public T* Carry { get; }

    /// <summary>Gradient of A, a tile <c>(N, lanes)</c>.</summary>
    public T* A { get; }

    /// <summary>Gradient of input weights that are the same at every token, likewise.</summary>
    public T* B { get; }

    /// <summary>Gradient of output weights that are the same at every token, likewise.</summary>
    public T* C { get; }

    /// <summary>Gradient of D, a vector.</summary>
    public T* Skip { get; }

    /// <summary>Gradient of δ, a vector.</summary>
    public T* DeltaBias { get; }
}
