using System.Runtime.InteropServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Memory for the duration of a computation, handed out in pieces of whole vectors.</summary>
internal sealed unsafe class Scratch<T> : IDisposable
    where T : unmanaged
{
    // A cache line, and the widest vector.
    private const int Alignment = 64;

    // Pieces of a power of two of bytes would all begin at the same place of the cache, which has room for a dozen such lines,
    // and a load would wait for every store to a line like its own.
    private const int GapBytes = 17 * Alignment;

    private readonly int lanes;
    private readonly T* start;
    private readonly T* end;
    private T* next;

    /// <summary>Takes memory, which is not cleared.</summary>
    /// <param name="vectors">Vectors of all pieces together.</param>
    /// <param name="pieces">How many pieces.</param>
    /// <param name="lanes">Elements of a vector.</param>
    public Scratch(long vectors, int pieces, int lanes)
    {
        this.lanes = lanes;
        var bytes = checked((vectors * lanes * sizeof(T)) + ((long)pieces * GapBytes));
        next = start = (T*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        LargePages.AskFor(start, bytes);
        end = start + (bytes / sizeof(T));
    }

    /// <summary>The next piece.</summary>
    public T* Take(int vectors)
    {
        var piece = next;
        next += ((nint)vectors * lanes) + (GapBytes / sizeof(T));
        return next <= end ? piece : throw new InvalidOperationException("More scratch memory was asked for than was taken.");
    }

    /// <summary>The next piece, all 0.</summary>
    public T* TakeCleared(int vectors)
    {
        var piece = Take(vectors);
        Clear(piece, vectors);
        return piece;
    }

    /// <summary>Sets a piece to 0.</summary>
    public void Clear(T* piece, int vectors) => NativeMemory.Clear(piece, (nuint)vectors * (nuint)lanes * (nuint)sizeof(T));

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => NativeMemory.AlignedFree(start);
}
