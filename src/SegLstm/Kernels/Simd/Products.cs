using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Products of small matrices that lie in the first or second cache: no packing, no threads.</summary>
/// <remarks>Four rows by up to four vectors (three where there are sixteen registers) are summed in registers.</remarks>
internal static unsafe class Products<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Rows that are computed together: what row counts must be multiples of.</summary>
    public const int Rows = 4;

    private static int MostVectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => sizeof(TVector) == 64 ? 4 : 3;
    }

    private interface ICount
    {
        static abstract int Count { get; }
    }

    /// <summary><c>c = β c + a b</c>.</summary>
    /// <param name="rows">Rows of a and c, a multiple of <see cref="Rows"/>.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="vectors">Vectors of a row of b and c.</param>
    /// <param name="a">The left matrix: element (r, k) at <c>a[r·aRow + k·aColumn]</c>.</param>
    /// <param name="aRow">Elements from row to row of a.</param>
    /// <param name="aColumn">Elements from column to column of a.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="c">The result.</param>
    /// <param name="beta">β of each row; null: c is not read.</param>
    public static void Multiply(
        int rows, int inner, int vectors, T* a, nint aRow, nint aColumn, in Panels<T> b, in Panels<T> c, T* beta)
    {
        for (var first = 0; first < vectors;)
        {
            // The blocks of columns are as even as they can be: narrow ones use the registers badly.
            var left = vectors - first;
            var blocks = (left + MostVectors - 1) / MostVectors;
            var count = (left + blocks - 1) / blocks;
            for (var row = 0; row < rows; row += Rows)
            {
                T* leftRows = a + (row * aRow), factors = beta is null ? null : beta + row;
                Panels<T> right = b.From(0, first), result = c.From(row, first);
                switch (count)
                {
                    case 1:
                        Block<One>(inner, leftRows, aRow, aColumn, right, result, factors);
                        break;
                    case 2:
                        Block<Two>(inner, leftRows, aRow, aColumn, right, result, factors);
                        break;
                    case 3:
                        Block<Three>(inner, leftRows, aRow, aColumn, right, result, factors);
                        break;
                    default:
                        Block<Four>(inner, leftRows, aRow, aColumn, right, result, factors);
                        break;
                }
            }

            first += count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<TCount>(
        int inner, T* a, nint aRow, nint aColumn, Panels<T> right, Panels<T> result, T* beta)
        where TCount : ICount
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TVector c30 = default, c31 = default, c32 = default, c33 = default;
        if (beta is not null)
        {
            Scaled<TCount>(beta[0], result, 0, out c00, out c01, out c02, out c03);
            Scaled<TCount>(beta[1], result, 1, out c10, out c11, out c12, out c13);
            Scaled<TCount>(beta[2], result, 2, out c20, out c21, out c22, out c23);
            Scaled<TCount>(beta[3], result, 3, out c30, out c31, out c32, out c33);
        }

        T* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        T* b0 = right.Start, b1 = b0 + right.Vector, b2 = b1 + right.Vector, b3 = b2 + right.Vector;
        nint left = 0, row = 0;
        for (var k = 0; k < inner; k++)
        {
            var x0 = TLanes.Load(b0 + row);
            var x1 = TCount.Count > 1 ? TLanes.Load(b1 + row) : default;
            var x2 = TCount.Count > 2 ? TLanes.Load(b2 + row) : default;
            var x3 = TCount.Count > 3 ? TLanes.Load(b3 + row) : default;
            Add<TCount>(TLanes.Broadcast(a[left]), x0, x1, x2, x3, ref c00, ref c01, ref c02, ref c03);
            Add<TCount>(TLanes.Broadcast(a1[left]), x0, x1, x2, x3, ref c10, ref c11, ref c12, ref c13);
            Add<TCount>(TLanes.Broadcast(a2[left]), x0, x1, x2, x3, ref c20, ref c21, ref c22, ref c23);
            Add<TCount>(TLanes.Broadcast(a3[left]), x0, x1, x2, x3, ref c30, ref c31, ref c32, ref c33);
            left += aColumn;
            row += right.Row;
        }

        Write<TCount>(c00, c01, c02, c03, result, 0);
        Write<TCount>(c10, c11, c12, c13, result, 1);
        Write<TCount>(c20, c21, c22, c23, result, 2);
        Write<TCount>(c30, c31, c32, c33, result, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TCount>(
        TVector x, TVector b0, TVector b1, TVector b2, TVector b3, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
        where TCount : ICount
    {
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        c1 = TCount.Count > 1 ? TLanes.MultiplyAdd(x, b1, c1) : c1;
        c2 = TCount.Count > 2 ? TLanes.MultiplyAdd(x, b2, c2) : c2;
        c3 = TCount.Count > 3 ? TLanes.MultiplyAdd(x, b3, c3) : c3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scaled<TCount>(
        T beta, in Panels<T> c, nint row, out TVector c0, out TVector c1, out TVector c2, out TVector c3)
        where TCount : ICount
    {
        var factor = TLanes.Broadcast(beta);
        var at = c.Start + (row * c.Row);
        c0 = TLanes.Multiply(factor, TLanes.Load(at));
        c1 = TCount.Count > 1 ? TLanes.Multiply(factor, TLanes.Load(at + c.Vector)) : default;
        c2 = TCount.Count > 2 ? TLanes.Multiply(factor, TLanes.Load(at + (2 * c.Vector))) : default;
        c3 = TCount.Count > 3 ? TLanes.Multiply(factor, TLanes.Load(at + (3 * c.Vector))) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TCount>(TVector c0, TVector c1, TVector c2, TVector c3, in Panels<T> c, nint row)
        where TCount : ICount
    {
        var at = c.Start + (row * c.Row);
        TLanes.Store(c0, at);
        if (TCount.Count > 1)
        {
            TLanes.Store(c1, at + c.Vector);
        }

        if (TCount.Count > 2)
        {
            TLanes.Store(c2, at + (2 * c.Vector));
        }

        if (TCount.Count > 3)
        {
            TLanes.Store(c3, at + (3 * c.Vector));
        }
    }

    private readonly struct One : ICount
    {
        public static int Count => 1;
    }

    private readonly struct Two : ICount
    {
        public static int Count => 2;
    }

    private readonly struct Three : ICount
    {
        public static int Count => 3;
    }

    private readonly struct Four : ICount
    {
        public static int Count => 4;
    }
}
