using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Blocks of eight rows by up to three vectors, for the thirty-two registers of AVX-512: a vector that is loaded serves
/// eight sums, where it serves four in <see cref="FourRows{TLanes, TVector, T}"/>, so that right matrices may come from the
/// second cache.</summary>
internal static unsafe class EightRows<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Computes a block.</summary>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="a">The left matrix: element (r, k) at <c>a[r·aRow + k·aColumn]</c>.</param>
    /// <param name="aRow">Elements from row to row of a.</param>
    /// <param name="aColumn">Elements from column to column of a.</param>
    /// <param name="b">The right matrix.</param>
    /// <param name="c">The result.</param>
    /// <param name="terms">What else is in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TCount>(
        int inner, T* a, nint aRow, nint aColumn, in Panels<T> b, in Panels<T> c, in RowTerms<T> terms)
        where TCount : IVectorCount
    {
        TVector c00 = default, c01 = default, c02 = default;
        TVector c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default;
        TVector c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default;
        TVector c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default;
        TVector c70 = default, c71 = default, c72 = default;
        if (terms.Beta is not null)
        {
            var beta = terms.Beta;
            var start = terms.Start;
            Start<TCount>(beta[0], start.Start, start.Vector, out c00, out c01, out c02);
            Start<TCount>(beta[1], start.Start + start.Row, start.Vector, out c10, out c11, out c12);
            Start<TCount>(beta[2], start.Start + (2 * start.Row), start.Vector, out c20, out c21, out c22);
            Start<TCount>(beta[3], start.Start + (3 * start.Row), start.Vector, out c30, out c31, out c32);
            Start<TCount>(beta[4], start.Start + (4 * start.Row), start.Vector, out c40, out c41, out c42);
            Start<TCount>(beta[5], start.Start + (5 * start.Row), start.Vector, out c50, out c51, out c52);
            Start<TCount>(beta[6], start.Start + (6 * start.Row), start.Vector, out c60, out c61, out c62);
            Start<TCount>(beta[7], start.Start + (7 * start.Row), start.Vector, out c70, out c71, out c72);
        }

        // Few addresses: each row's own would need more registers than there are.
        T* lower = a + (4 * aRow), right = b.Start;
        nint row2 = 2 * aRow, row3 = 3 * aRow, vector = b.Vector, vector2 = 2 * vector, row = b.Row;
        for (var k = inner; k > 0; k--)
        {
            var x0 = TLanes.Load(right);
            var x1 = TCount.Count > 1 ? TLanes.Load(right + vector) : default;
            var x2 = TCount.Count > 2 ? TLanes.Load(right + vector2) : default;
            var y0 = TLanes.Broadcast(*a);
            c00 = TLanes.MultiplyAdd(y0, x0, c00);
            c01 = TCount.Count > 1 ? TLanes.MultiplyAdd(y0, x1, c01) : c01;
            c02 = TCount.Count > 2 ? TLanes.MultiplyAdd(y0, x2, c02) : c02;
            var y1 = TLanes.Broadcast(a[aRow]);
            c10 = TLanes.MultiplyAdd(y1, x0, c10);
            c11 = TCount.Count > 1 ? TLanes.MultiplyAdd(y1, x1, c11) : c11;
            c12 = TCount.Count > 2 ? TLanes.MultiplyAdd(y1, x2, c12) : c12;
            var y2 = TLanes.Broadcast(a[row2]);
            c20 = TLanes.MultiplyAdd(y2, x0, c20);
            c21 = TCount.Count > 1 ? TLanes.MultiplyAdd(y2, x1, c21) : c21;
            c22 = TCount.Count > 2 ? TLanes.MultiplyAdd(y2, x2, c22) : c22;
            var y3 = TLanes.Broadcast(a[row3]);
            c30 = TLanes.MultiplyAdd(y3, x0, c30);
            c31 = TCount.Count > 1 ? TLanes.MultiplyAdd(y3, x1, c31) : c31;
            c32 = TCount.Count > 2 ? TLanes.MultiplyAdd(y3, x2, c32) : c32;
            var y4 = TLanes.Broadcast(*lower);
            c40 = TLanes.MultiplyAdd(y4, x0, c40);
            c41 = TCount.Count > 1 ? TLanes.MultiplyAdd(y4, x1, c41) : c41;
            c42 = TCount.Count > 2 ? TLanes.MultiplyAdd(y4, x2, c42) : c42;
            var y5 = TLanes.Broadcast(lower[aRow]);
            c50 = TLanes.MultiplyAdd(y5, x0, c50);
            c51 = TCount.Count > 1 ? TLanes.MultiplyAdd(y5, x1, c51) : c51;
            c52 = TCount.Count > 2 ? TLanes.MultiplyAdd(y5, x2, c52) : c52;
            var y6 = TLanes.Broadcast(lower[row2]);
            c60 = TLanes.MultiplyAdd(y6, x0, c60);
            c61 = TCount.Count > 1 ? TLanes.MultiplyAdd(y6, x1, c61) : c61;
            c62 = TCount.Count > 2 ? TLanes.MultiplyAdd(y6, x2, c62) : c62;
            var y7 = TLanes.Broadcast(lower[row3]);
            c70 = TLanes.MultiplyAdd(y7, x0, c70);
            c71 = TCount.Count > 1 ? TLanes.MultiplyAdd(y7, x1, c71) : c71;
            c72 = TCount.Count > 2 ? TLanes.MultiplyAdd(y7, x2, c72) : c72;
            a += aColumn;
            lower += aColumn;
            right += row;
        }

        T* alpha = terms.Alpha, target = c.Start;
        Write<TCount>(alpha, 0, c00, c01, c02, target, c.Vector);
        Write<TCount>(alpha, 1, c10, c11, c12, target + c.Row, c.Vector);
        Write<TCount>(alpha, 2, c20, c21, c22, target + (2 * c.Row), c.Vector);
        Write<TCount>(alpha, 3, c30, c31, c32, target + (3 * c.Row), c.Vector);
        Write<TCount>(alpha, 4, c40, c41, c42, target + (4 * c.Row), c.Vector);
        Write<TCount>(alpha, 5, c50, c51, c52, target + (5 * c.Row), c.Vector);
        Write<TCount>(alpha, 6, c60, c61, c62, target + (6 * c.Row), c.Vector);
        Write<TCount>(alpha, 7, c70, c71, c72, target + (7 * c.Row), c.Vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start<TCount>(T beta, T* at, nint vector, out TVector c0, out TVector c1, out TVector c2)
        where TCount : IVectorCount
    {
        var factor = TLanes.Broadcast(beta);
        c0 = TLanes.Multiply(factor, TLanes.Load(at));
        c1 = TCount.Count > 1 ? TLanes.Multiply(factor, TLanes.Load(at + vector)) : default;
        c2 = TCount.Count > 2 ? TLanes.Multiply(factor, TLanes.Load(at + (2 * vector))) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TCount>(T* alpha, int row, TVector c0, TVector c1, TVector c2, T* at, nint vector)
        where TCount : IVectorCount
    {
        if (alpha is not null)
        {
            var factor = TLanes.Broadcast(alpha[row]);
            c0 = TLanes.Multiply(factor, c0);
            c1 = TCount.Count > 1 ? TLanes.Multiply(factor, c1) : c1;
            c2 = TCount.Count > 2 ? TLanes.Multiply(factor, c2) : c2;
        }

        TLanes.Store(c0, at);
        if (TCount.Count > 1)
        {
            TLanes.Store(c1, at + vector);
        }

        if (TCount.Count > 2)
        {
            TLanes.Store(c2, at + (2 * vector));
        }
    }
}
