using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        var (pairs01, pairs23) = (
            Transposition.Low(x0, x1) + Transposition.High(x0, x1), Transposition.Low(x2, x3) + Transposition.High(x2, x3));
        (Transposition.LowerHalves(pairs01, pairs23) + Transposition.UpperHalves(pairs01, pairs23)).Store(sums);
    }
}
