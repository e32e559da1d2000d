using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Products of small matrices that lie in the first or second cache: no packing, no threads.</summary>
/// <remarks>Blocks of rows and vectors are summed in registers: <see cref="FourRows{TLanes, TVector, T}"/>,
/// <see cref="EightRows{TLanes, TVector, T}"/>.</remarks>
internal static unsafe class Products<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>What row counts must be multiples of.</summary>
    public const int Rows = 4;

    private const int WideRows = 8;

    private static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => sizeof(TVector) == 64;
    }

    /// <summary>The least row count that holds this many.</summary>
    public static int WholeRows(int count) => (count + Rows - 1) / Rows * Rows;

    /// <summary>Rows that are computed together: where products are triangular, cut into pieces of so many.</summary>
    /// <param name="vectors">Vectors of a row.</param>
    public static int RowsTogether(int vectors) => HasManyRegisters && MostVectors(vectors) < 4 ? WideRows : Rows;

    /// <summary><c>c = α (β start + a b)</c>, without the terms <c>c = a b</c>.</summary>
    /// <param name="rows">Rows of a and c, a multiple of <see cref="Rows"/>.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="vectors">Vectors of a row of b and c.</param>
    /// <param name="a">The left matrix: element (r, k) at <c>a[r·aRow + k·aColumn]</c>.</param>
    /// <param name="aRow">Elements from row to row of a.</param>
    /// <param name="aColumn">Elements from column to column of a.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="c">The result.</param>
    /// <param name="terms">Factors, and what the product is added to.</param>
    /// <param name="upcoming">What to ask for meanwhile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        int rows, int inner, int vectors, T* a, nint aRow, nint aColumn, in Panels<T> b, in Panels<T> c,
        in RowTerms<T> terms = default, UpcomingRows<T>? upcoming = null)
    {
        for (var first = 0; first < vectors;)
        {
            // The blocks of columns are as even as they can be: narrow ones use the registers badly.
            var left = vectors - first;
            var most = MostVectors(left);
            var blocks = (left + most - 1) / most;
            var count = (left + blocks - 1) / blocks;
            var together = HasManyRegisters && count < 4 ? WideRows : Rows;
            var right = b.From(0, first);
            for (var row = 0; row < rows; row += together)
            {
                together = Math.Min(together, rows - row);
                Block(
                    together, count, inner, a + (row * aRow), aRow, aColumn, right, c.From(row, first), terms.From(row, first));
                upcoming?.Ask();
            }

            first += count;
        }
    }

    // Eight rows of three vectors are fastest. Of four or eight vectors, four rows of four took as long as eight of two.
    private static int MostVectors(int left) => HasManyRegisters && left is 4 or 8 ? 4 : 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(
        int rows, int vectors, int inner, T* a, nint aRow, nint aColumn, in Panels<T> b, in Panels<T> c, in RowTerms<T> terms)
    {
        switch ((rows, vectors))
        {
            case (WideRows, 1):
                EightRows<TLanes, TVector, T>.Run<One>(inner, a, aRow, aColumn, b, c, terms);
                break;
            case (WideRows, 2):
                EightRows<TLanes, TVector, T>.Run<Two>(inner, a, aRow, aColumn, b, c, terms);
                break;
            case (WideRows, _):
                EightRows<TLanes, TVector, T>.Run<Three>(inner, a, aRow, aColumn, b, c, terms);
                break;
            case (_, 1):
                FourRows<TLanes, TVector, T>.Run<One>(inner, a, aRow, aColumn, b, c, terms);
                break;
            case (_, 2):
                FourRows<TLanes, TVector, T>.Run<Two>(inner, a, aRow, aColumn, b, c, terms);
                break;
            case (_, 3):
                FourRows<TLanes, TVector, T>.Run<Three>(inner, a, aRow, aColumn, b, c, terms);
                break;
            default:
                FourRows<TLanes, TVector, T>.Run<Four>(inner, a, aRow, aColumn, b, c, terms);
                break;
        }
    }

    private readonly struct One : IVectorCount
    {
        public static int Count => 1;
    }

    private readonly struct Two : IVectorCount
    {
        public static int Count => 2;
    }

    private readonly struct Three : IVectorCount
    {
        public static int Count => 3;
    }

    private readonly struct Four : IVectorCount
    {
        public static int Count => 4;
    }
}
