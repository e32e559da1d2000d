using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Copies between a matrix, channels in rows and tokens in columns, as tensors <c>(B, D, L)</c> hold them, and a tile:
/// token after token, each a vector of channels.</summary>
internal static unsafe class Tiles
{
    // Side of the squares that go over at once, transposed in registers; float32 only.
    private const int Side = 4;

    // Columns that go over row by row: a cache line. Where rows are a power of two apart, the cache has no room for one line of
    // each of 16 rows at a time.
    private const int Line = 16;

    private static bool Transposes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Sse.IsSupported || AdvSimd.Arm64.IsSupported;
    }

    /// <summary>Copies a matrix into a tile. Lanes that have no row become 0.</summary>
    /// <param name="matrix">Its first element.</param>
    /// <param name="stride">Elements from row to row.</param>
    /// <param name="rows">Rows, at most <paramref name="lanes"/>.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="tile">The tile <c>(columns, lanes)</c>.</param>
    /// <param name="lanes">Elements of a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read<T>(T* matrix, nint stride, int rows, int columns, T* tile, int lanes)
        where T : unmanaged
    {
        var (squareRows, squareColumns) = Squares<T>(rows, columns);
        for (var line = 0; line < squareColumns; line += Line)
        {
            for (var r = 0; r < squareRows; r += Side)
            {
                for (var t = line; t < Math.Min(line + Line, squareColumns); t += Side)
                {
                    Transpose((float*)(matrix + (r * stride) + t), stride, (float*)(tile + (t * lanes) + r), lanes);
                }
            }
        }

        for (var t = 0; t < columns; t++)
        {
            for (var r = t < squareColumns ? squareRows : 0; r < rows; r++)
            {
                tile[(t * lanes) + r] = matrix[(r * stride) + t];
            }

            for (var r = rows; r < lanes; r++)
            {
                tile[(t * lanes) + r] = default;
            }
        }
    }

    /// <summary>Copies a tile into a matrix; parameters as <see cref="Read"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write<T>(T* tile, int lanes, T* matrix, nint stride, int rows, int columns)
        where T : unmanaged
    {
        var (squareRows, squareColumns) = Squares<T>(rows, columns);
        for (var line = 0; line < squareColumns; line += Line)
        {
            for (var r = 0; r < squareRows; r += Side)
            {
                for (var t = line; t < Math.Min(line + Line, squareColumns); t += Side)
                {
                    Transpose((float*)(tile + (t * lanes) + r), lanes, (float*)(matrix + (r * stride) + t), stride);
                }
            }
        }

        for (var t = 0; t < columns; t++)
        {
            for (var r = t < squareColumns ? squareRows : 0; r < rows; r++)
            {
                matrix[(r * stride) + t] = tile[(t * lanes) + r];
            }
        }
    }

    /// <summary>Sums the lanes of each token.</summary>
    /// <param name="tile">The tile <c>(columns, lanes)</c>.</param>
    /// <param name="lanes">Elements of a vector: a multiple of 4 where they are float32.</param>
    /// <param name="columns">Tokens.</param>
    /// <param name="sums">One a token.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum<T>(T* tile, int lanes, int columns, T* sums)
        where T : unmanaged, INumberBase<T>
    {
        var squareColumns = Squares<T>(0, columns).Columns;
        for (var t = 0; t < squareColumns; t += Side)
        {
            SumSquares((float*)(tile + (t * lanes)), lanes, (float*)(sums + t));
        }

        for (var t = squareColumns; t < columns; t++)
        {
            var sum = T.Zero;
            for (var r = 0; r < lanes; r++)
            {
                sum += tile[(t * lanes) + r];
            }

            sums[t] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumSquares(float* tile, int lanes, float* sums)
    {
        var (x0, x1, x2, x3) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
        for (var r = 0; r < lanes; r += Side)
        {
            x0 += Vector128.Load(tile + r);
            x1 += Vector128.Load(tile + lanes + r);
            x2 += Vector128.Load(tile + (2 * lanes) + r);
            x3 += Vector128.Load(tile + (3 * lanes) + r);
        }

        // Pairs of lanes of tokens 0 and 1, and of 2 and 3, then both halves of each.
        var (pairs01, pairs23) = (Low(x0, x1) + High(x0, x1), Low(x2, x3) + High(x2, x3));
        (LowerHalves(pairs01, pairs23) + UpperHalves(pairs01, pairs23)).Store(sums);
    }

    private static (int Rows, int Columns) Squares<T>(int rows, int columns) =>
        typeof(T) == typeof(float) && Transposes ? (rows & -Side, columns & -Side) : (0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* source, nint sourceStride, float* target, nint targetStride)
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

    /// <summary>x0, y0, x1, y1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    /// <summary>x2, y2, x3, y3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    /// <summary>x0, x1, y0, y1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowerHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : AdvSimd.Arm64.ZipLow(x.AsDouble(), y.AsDouble()).AsSingle();

    /// <summary>x2, x3, y2, y3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UpperHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveHighToLow(y, x) : AdvSimd.Arm64.ZipHigh(x.AsDouble(), y.AsDouble()).AsSingle();
}
