using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Blocks of four rows by up to four vectors, or three where there are sixteen registers.</summary>
internal static unsafe class FourRows<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Computes a block.</summary>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="a">The left matrix: element (r, k) at <c>a[r·aRow + k·aColumn]</c>.</param>
    /// <param name="aRow">Elements from row to row of a.</param>
    /// <param name="aColumn">Elements from column to column of a.</param>
    /// <param name="right">The right matrix.</param>
    /// <param name="result">The result.</param>
    /// <param name="terms">What else is in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<TCount>(
        int inner, T* a, nint aRow, nint aColumn, in Panels<T> right, in Panels<T> result, in RowTerms<T> terms)
        where TCount : IVectorCount
    {
        TVector c00 = default, c01 = default, c02 = default, c03 = default;
        TVector c10 = default, c11 = default, c12 = default, c13 = default;
        TVector c20 = default, c21 = default, c22 = default, c23 = default;
        TVector c30 = default, c31 = default, c32 = default, c33 = default;
        if (terms.Beta is not null)
        {
            var beta = terms.Beta;
            var start = terms.Start;
            Scaled<TCount>(beta[0], start, 0, out c00, out c01, out c02, out c03);
            Scaled<TCount>(beta[1], start, 1, out c10, out c11, out c12, out c13);
            Scaled<TCount>(beta[2], start, 2, out c20, out c21, out c22, out c23);
            Scaled<TCount>(beta[3], start, 3, out c30, out c31, out c32, out c33);
        }

        T* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        T* b0 = right.Start, b1 = b0 + right.Vector, b2 = b1 + right.Vector, b3 = b2 + right.Vector;
        nint left = 0, row = 0, step = right.Row;
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
            row += step;
        }

        Write<TCount>(terms.Alpha, c00, c01, c02, c03, result, 0);
        Write<TCount>(terms.Alpha, c10, c11, c12, c13, result, 1);
        Write<TCount>(terms.Alpha, c20, c21, c22, c23, result, 2);
        Write<TCount>(terms.Alpha, c30, c31, c32, c33, result, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TCount>(
        TVector x, TVector b0, TVector b1, TVector b2, TVector b3, ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3)
        where TCount : IVectorCount
    {
        c0 = TLanes.MultiplyAdd(x, b0, c0);
        c1 = TCount.Count > 1 ? TLanes.MultiplyAdd(x, b1, c1) : c1;
        c2 = TCount.Count > 2 ? TLanes.MultiplyAdd(x, b2, c2) : c2;
        c3 = TCount.Count > 3 ? TLanes.MultiplyAdd(x, b3, c3) : c3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scaled<TCount>(
        T beta, in Panels<T> c, nint row, out TVector c0, out TVector c1, out TVector c2, out TVector c3)
        where TCount : IVectorCount
    {
        var factor = TLanes.Broadcast(beta);
        var at = c.Start + (row * c.Row);
        c0 = TLanes.Multiply(factor, TLanes.Load(at));
        c1 = TCount.Count > 1 ? TLanes.Multiply(factor, TLanes.Load(at + c.Vector)) : default;
        c2 = TCount.Count > 2 ? TLanes.Multiply(factor, TLanes.Load(at + (2 * c.Vector))) : default;
        c3 = TCount.Count > 3 ? TLanes.Multiply(factor, TLanes.Load(at + (3 * c.Vector))) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TCount>(
        T* alpha, TVector c0, TVector c1, TVector c2, TVector c3, in Panels<T> c, nint row)
        where TCount : IVectorCount
    {
        if (alpha is not null)
        {
            var factor = TLanes.Broadcast(alpha[row]);
            c0 = TLanes.Multiply(factor, c0);
            c1 = TCount.Count > 1 ? TLanes.Multiply(factor, c1) : c1;
            c2 = TCount.Count > 2 ? TLanes.Multiply(factor, c2) : c2;
            c3 = TCount.Count > 3 ? TLanes.Multiply(factor, c3) : c3;
        }

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
}
