using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>Rows of a head's channels as the right operand of products: where they lie if channels fill whole vectors, else a copy that
/// is filled up with 0.</summary>
internal static unsafe class HeadRight<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Whether a head of so many channels has to be copied.</summary>
    public static bool NeedsCopy(int width) => width % TLanes.Count != 0;

    /// <summary>Vectors of a row.</summary>
    public static int Vectors(int width) => (width + TLanes.Count - 1) / TLanes.Count;

    /// <summary>The operand.</summary>
    /// <param name="rows">The first row.</param>
    /// <param name="step">Elements to the next.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Channels.</param>
    /// <param name="copy">Room for a copy; unused where none is needed.</param>
    public static Panels<T> Of(T* rows, nint step, int count, int width, T* copy)
    {
        if (!NeedsCopy(width))
        {
            return new Panels<T>(rows, step, TLanes.Count);
        }

        var filled = Vectors(width) * TLanes.Count;
        for (var row = 0; row < count; row++)
        {
            var target = new Span<T>(copy + ((nint)row * filled), filled);
            new ReadOnlySpan<T>(rows + (row * step), width).CopyTo(target);
            target[width..].Clear();
        }

        return new Panels<T>(copy, filled, TLanes.Count);
    }

    /// <summary>Copies rows out of whole vectors.</summary>
    /// <param name="source">The first row, filled up.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Channels.</param>
    /// <param name="target">Where the first goes.</param>
    /// <param name="step">Elements to the next.</param>
    public static void Write(T* source, int count, int width, T* target, nint step)
    {
        var filled = Vectors(width) * TLanes.Count;
        for (var row = 0; row < count; row++)
        {
            new ReadOnlySpan<T>(source + ((nint)row * filled), width).CopyTo(new Span<T>(target + (row * step), width));
        }
    }
}
