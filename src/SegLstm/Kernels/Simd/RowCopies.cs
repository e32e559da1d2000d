namespace SegLstm.Kernels.Simd;

/// <summary>Copies of matrices whose rows may lie apart.</summary>
internal static unsafe class RowCopies
{
    /// <summary>Copies rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="source">The first.</param>
    /// <param name="sourceStep">Elements to the next.</param>
    /// <param name="target">Where the first goes.</param>
    /// <param name="targetStep">Elements to the next.</param>
    public static void Copy<T>(int rows, int width, T* source, nint sourceStep, T* target, nint targetStep)
        where T : unmanaged
    {
        for (var row = 0; row < rows; row++, source += sourceStep, target += targetStep)
        {
            new ReadOnlySpan<T>(source, width).CopyTo(new Span<T>(target, width));
        }
    }
}
