using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Transposed copies of matrices: float32 in squares, in registers, the rest element by element.</summary>
internal static unsafe class Transposition
{
    // Sides of the squares. The wide one is a cache line: where rows are a power of two apart, the cache has no room for one line
    // of each of 16 rows, so that a line must be used up at once.
    private const int Side = 4;
    private const int WideSide = 16;

    private static bool Wide<T>() => typeof(T) == typeof(float) && Avx512F.IsSupported;

    /// <summary>Whether squares of this type are transposed in registers.</summary>
    public static bool InSquares<T>() => typeof(T) == typeof(float) && (Sse.IsSupported || AdvSimd.Arm64.IsSupported);

    /// <summary>Copies element (r, c) of one matrix to (c, r) of another.</summary>
    /// <param name="source">The first element of what is read.</param>
    /// <param name="sourceStride">Elements from row to row, may be negative.</param>
    /// <param name="rows">Rows to read.</param>
    /// <param name="columns">Columns to read.</param>
    /// <param name="target">The first element of what is written.</param>
    /// <param name="targetStride">Elements from row to row, may be negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy<T>(T* source, nint sourceStride, int rows, int columns, T* target, nint targetStride)
        where T : unmanaged
    {
        var (wideRows, wideColumns) = Wide<T>() ? (rows & -WideSide, columns & -WideSide) : (0, 0);
        for (nint r = 0; r < wideRows; r += WideSide)
        {
            for (nint c = 0; c < wideColumns; c += WideSide)
            {
                WideSquare(
                    (float*)(source + (r * sourceStride) + c), sourceStride,
                    (float*)(target + (c * targetStride) + r), targetStride);
            }
        }

        var (squareRows, squareColumns) = InSquares<T>() ? (rows & -Side, columns & -Side) : (0, 0);
        for (nint r = 0; r < squareRows; r += Side)
        {
            for (nint c = r < wideRows ? wideColumns : 0; c < squareColumns; c += Side)
            {
                Square(
                    (float*)(source + (r * sourceStride) + c), sourceStride,
                    (float*)(target + (c * targetStride) + r), targetStride);
            }
        }

        for (nint r = 0; r < rows; r++)
        {
            for (nint c = r < squareRows ? squareColumns : 0; c < columns; c++)
            {
                target[(c * targetStride) + r] = source[(r * sourceStride) + c];
            }
        }
    }

    /// <summary>x0, y0, x1, y1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    /// <summary>x2, y2, x3, y3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    /// <summary>x0, x1, y0, y1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LowerHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : AdvSimd.Arm64.ZipLow(x.AsDouble(), y.AsDouble()).AsSingle();

    /// <summary>x2, x3, y2, y3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> UpperHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveHighToLow(y, x) : AdvSimd.Arm64.ZipHigh(x.AsDouble(), y.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* source, nint sourceStride, float* target, nint targetStride)
    {
        var x0 = Vector128.Load(source);
        var x1 = Vector128.Load(source + sourceStride);
        var x2 = Vector128.Load(source + (2 * sourceStride));
        var x3 = Vector128.Load(source + (3 * sourceStride));
        var (low01, high01, low23, high23) = (Low(x0, x1), High(x0, x1), Low(x2, x3), High(x2, x3));
        LowerHalves(low01, low23).Store(target);
        UpperHalves(low01, low23).Store(target + targetStride);
        LowerHalves(high01, high23).Store(target + (2 * targetStride));
        UpperHalves(high01, high23).Store(target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void WideSquare(float* source, nint sourceStride, float* target, nint targetStride)
    {
        // Of each row the left half and the right, paired with those of the row 4 below.
        var rows4 = 4 * sourceStride;
        var rows8 = source + (8 * sourceStride);
        var (a0, b0) = (Pair(source, rows4), Pair(source + 8, rows4));
        var (c0, d0) = (Pair(rows8, rows4), Pair(rows8 + 8, rows4));
        source += sourceStride;
        rows8 += sourceStride;
        var (a1, b1) = (Pair(source, rows4), Pair(source + 8, rows4));
        var (c1, d1) = (Pair(rows8, rows4), Pair(rows8 + 8, rows4));
        source += sourceStride;
        rows8 += sourceStride;
        var (a2, b2) = (Pair(source, rows4), Pair(source + 8, rows4));
        var (c2, d2) = (Pair(rows8, rows4), Pair(rows8 + 8, rows4));
        source += sourceStride;
        rows8 += sourceStride;
        var (a3, b3) = (Pair(source, rows4), Pair(source + 8, rows4));
        var (c3, d3) = (Pair(rows8, rows4), Pair(rows8 + 8, rows4));
        WriteEight(a0, a1, a2, a3, c0, c1, c2, c3, target, targetStride);
        WriteEight(b0, b1, b2, b3, d0, d1, d2, d3, target + (8 * targetStride), targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pair(float* row, nint distance) =>
        Vector512.Create(Vector256.Load(row), Vector256.Load(row + distance));

    /// <summary>Writes 8 columns: the rows' numbers 0 to 3 and 4 to 7, 8 to 11 and 12 to 15 come in pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteEight(
        Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3,
        Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3, float* target, nint stride)
    {
        var (low01, high01) = (Avx512F.UnpackLow(a0, a1).AsDouble(), Avx512F.UnpackHigh(a0, a1).AsDouble());
        var (low23, high23) = (Avx512F.UnpackLow(a2, a3).AsDouble(), Avx512F.UnpackHigh(a2, a3).AsDouble());
        var (low89, high89) = (Avx512F.UnpackLow(c0, c1).AsDouble(), Avx512F.UnpackHigh(c0, c1).AsDouble());
        var (lowAB, highAB) = (Avx512F.UnpackLow(c2, c3).AsDouble(), Avx512F.UnpackHigh(c2, c3).AsDouble());
        WriteTwo(Avx512F.UnpackLow(low01, low23), Avx512F.UnpackLow(low89, lowAB), target, 4 * stride);
        WriteTwo(Avx512F.UnpackHigh(low01, low23), Avx512F.UnpackHigh(low89, lowAB), target + stride, 4 * stride);
        WriteTwo(Avx512F.UnpackLow(high01, high23), Avx512F.UnpackLow(high89, highAB), target + (2 * stride), 4 * stride);
        WriteTwo(Avx512F.UnpackHigh(high01, high23), Avx512F.UnpackHigh(high89, highAB), target + (3 * stride), 4 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTwo(Vector512<double> upperRows, Vector512<double> lowerRows, float* target, nint distance)
    {
        // Quarters 0 and 2 of both, then 1 and 3.
        Avx512F.Shuffle4x128(upperRows, lowerRows, 0b10_00_10_00).AsSingle().Store(target);
        Avx512F.Shuffle4x128(upperRows, lowerRows, 0b11_01_11_01).AsSingle().Store(target + distance);
    }
}
