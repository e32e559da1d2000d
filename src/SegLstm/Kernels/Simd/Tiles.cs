using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Copies between a matrix, channels in rows and tokens in columns, as tensors <c>(B, D, L)</c> hold them, and a tile:
/// token after token, each a vector of channels.</summary>
internal static unsafe class Tiles
{
    // Tokens whose sums are made at once.
    private const int Side = 4;

    /// <summary>Copies a matrix into a tile. Lanes that have no row become 0.</summary>
    /// <param name="matrix">Its first element.</param>
    /// <param name="stride">Elements from row to row.</param>
    /// <param name="rows">Rows, at most <paramref name="lanes"/>.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="tile">The tile <c>(columns, lanes)</c>.</param>
    /// <param name="lanes">Elements of a vector.</param>
    /// <param name="backwards">Whether the tile begins with the last column.</param>
    public static void Read<T>(T* matrix, nint stride, int rows, int columns, T* tile, int lanes, bool backwards = false)
        where T : unmanaged
    {
        var last = backwards ? columns - 1 : 0;
        Transposition.Copy(matrix, stride, rows, columns, tile + ((nint)last * lanes), backwards ? -lanes : lanes);
        for (nint t = 0; rows < lanes && t < columns; t++)
        {
            new Span<T>(tile + (t * lanes) + rows, lanes - rows).Clear();
        }
    }

    /// <summary>Copies a tile into a matrix; parameters as <see cref="Read"/>.</summary>
    public static void Write<T>(T* tile, int lanes, T* matrix, nint stride, int rows, int columns, bool backwards = false)
        where T : unmanaged
    {
        var last = backwards ? columns - 1 : 0;
        Transposition.Copy(tile + ((nint)last * lanes), backwards ? -lanes : lanes, columns, rows, matrix, stride);
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
        var squareColumns = Transposition.InSquares<T>() ? columns & -Side : 0;
        for (var t = 0; t < squareColumns; t += Side)
        {
            SumFour((float*)(tile + (t * lanes)), lanes).Store((float*)(sums + t));
        }

        for (var t = squareColumns; t < columns; t++)
        {
            sums[t] = SumOne(tile + (t * lanes), lanes);
        }
    }

    /// <summary>Sums the lanes of four vectors of each token.</summary>
    /// <param name="tile">The tile <c>(columns, 4, lanes)</c>.</param>
    /// <param name="lanes">Elements of a vector: a multiple of 4 where they are float32.</param>
    /// <param name="columns">Tokens.</param>
    /// <param name="sums">Four a token.</param>
    /// <param name="step">Elements from the sums of a token to those of the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumFours<T>(T* tile, int lanes, int columns, T* sums, nint step)
        where T : unmanaged, INumberBase<T>
    {
        for (var t = 0; t < columns; t++, tile += Side * lanes, sums += step)
        {
            if (Transposition.InSquares<T>())
            {
                SumFour((float*)tile, lanes).Store((float*)sums);
                continue;
            }

            for (var k = 0; k < Side; k++)
            {
                sums[k] = SumOne(tile + (k * lanes), lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOne<T>(T* vector, int lanes)
        where T : unmanaged, INumberBase<T>
    {
        var sum = T.Zero;
        for (var r = 0; r < lanes; r++)
        {
            sum += vector[r];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumFour(float* tile, int lanes)
    {
        float* tile1 = tile + lanes, tile2 = tile1 + lanes, tile3 = tile2 + lanes;
        if (Avx.IsSupported && lanes % (2 * Side) == 0)
        {
            var (y0, y1, y2, y3) = (Vector256.Load(tile), Vector256.Load(tile1), Vector256.Load(tile2), Vector256.Load(tile3));
            for (var r = 2 * Side; r < lanes; r += 2 * Side)
            {
                y0 += Vector256.Load(tile + r);
                y1 += Vector256.Load(tile1 + r);
                y2 += Vector256.Load(tile2 + r);
                y3 += Vector256.Load(tile3 + r);
            }

            // In each half: pairs of lanes of tokens 0 and 1, and of 2 and 3, then both pairs of each. Then both halves.
            var y01 = (Avx.UnpackLow(y0, y1) + Avx.UnpackHigh(y0, y1)).AsDouble();
            var y23 = (Avx.UnpackLow(y2, y3) + Avx.UnpackHigh(y2, y3)).AsDouble();
            var both = Avx.UnpackLow(y01, y23).AsSingle() + Avx.UnpackHigh(y01, y23).AsSingle();
            return both.GetLower() + both.GetUpper();
        }

        var (x0, x1, x2, x3) = (Vector128.Load(tile), Vector128.Load(tile1), Vector128.Load(tile2), Vector128.Load(tile3));
        for (var r = Side; r < lanes; r += Side)
        {
            x0 += Vector128.Load(tile + r);
            x1 += Vector128.Load(tile1 + r);
            x2 += Vector128.Load(tile2 + r);
            x3 += Vector128.Load(tile3 + r);
        }

        var (pairs01, pairs23) = (
            Transposition.Low(x0, x1) + Transposition.High(x0, x1), Transposition.Low(x2, x3) + Transposition.High(x2, x3));
        return Transposition.LowerHalves(pairs01, pairs23) + Transposition.UpperHalves(pairs01, pairs23);
    }
}
