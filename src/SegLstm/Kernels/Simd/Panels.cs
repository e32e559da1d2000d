namespace SegLstm.Kernels.Simd;

/// <summary>A matrix whose rows are read and written in vectors: of row r, vector j begins at <c>Start + r·Row + j·Vector</c>.
/// So a row may lie in one piece, or each column of vectors by itself.</summary>
internal readonly unsafe struct Panels<T>(T* start, nint row, nint vector)
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    public T* Start { get; } = start;

    /// <summary>Elements from row to row.</summary>
    public nint Row { get; } = row;

    /// <summary>Elements from one vector of a row to the next.</summary>
    public nint Vector { get; } = vector;

    /// <summary>The matrix from a row and a vector on.</summary>
    public Panels<T> From(nint firstRow, nint firstVector) =>
        new(Start + (firstRow * Row) + (firstVector * Vector), Row, Vector);
}
