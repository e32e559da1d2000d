namespace SegLstm.Kernels.Simd;

/// <summary>What a product of matrices becomes part of: row r of the result is <c>α_r (β_r start_r + (a b)_r)</c>.</summary>
/// <param name="start">Rows to begin with, the result's own or others; a row step of 0 is one row for all.</param>
/// <param name="beta">β of each row; null: 0, and nothing is read.</param>
/// <param name="alpha">α of each row; null: 1.</param>
internal readonly unsafe struct RowTerms<T>(Panels<T> start, T* beta, T* alpha)
    where T : unmanaged
{
    /// <summary>Rows to begin with.</summary>
    public Panels<T> Start { get; } = start;

    /// <summary>Their factors, or null.</summary>
    public T* Beta { get; } = beta;

    /// <summary>Factors of the sum, or null.</summary>
    public T* Alpha { get; } = alpha;

    /// <summary>The same from a row and a vector on.</summary>
    public RowTerms<T> From(nint firstRow, nint firstVector) => new(
        Start.From(firstRow, firstVector), Beta is null ? null : Beta + firstRow, Alpha is null ? null : Alpha + firstRow);
}
