using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DenseLinear.Cpu;

/// <summary>A right operand that many rows are multiplied with: in panels, each a vector of columns wide, so that it is read from
/// one end to the other.</summary>
/// <remarks>Columns that fill no vector are filled up with 0.</remarks>
internal sealed unsafe class PackedMatrix<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
{
    // Of so many rows four panels fill the first cache, where they stay for all rows of a piece.
    private const int Depth = 192;

    private const int RowsOfPiece = 16;

    // About what an element takes to be put into its place, in nanoseconds.
    private const double PackCost = 0.5;

    private readonly int inner;
    private readonly int columns;
    private readonly int padded;
    private readonly Scratch<T> memory;
    private readonly T* panels;
    private readonly T* ones;
    private readonly T* start;

    /// <summary>Takes memory.</summary>
    /// <param name="inner">Rows of the matrix.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="bias">Added to every row of a product <c>(columns)</c>; null: nothing.</param>
    public PackedMatrix(int inner, int columns, T* bias)
    {
        (this.inner, this.columns) = (inner, columns);
        Vectors = (columns + TLanes.Count - 1) / TLanes.Count;
        padded = Vectors * TLanes.Count;
        var vectorsOfOnes = (TokenPieces.Length + TLanes.Count - 1) / TLanes.Count;
        memory = new Scratch<T>(((long)inner * Vectors) + vectorsOfOnes + Vectors, 3, TLanes.Count);
        panels = memory.Take(inner * Vectors);
        ones = memory.Take(vectorsOfOnes);
        new Span<T>(ones, vectorsOfOnes * TLanes.Count).Fill(T.One);
        if (bias is not null)
        {
            start = memory.TakeCleared(Vectors);
            new ReadOnlySpan<T>(bias, columns).CopyTo(new Span<T>(start, columns));
        }
    }

    /// <summary>Vectors of a row of the product.</summary>
    public int Vectors { get; }

    /// <summary>A panel, for those who fill it themselves: row after row, each a vector of columns.</summary>
    public T* Panel(int vector) => panels + ((nint)vector * TLanes.Count * inner);

    /// <summary>Reads a matrix whose element (row, column) is at <c>source[row · step + column]</c>.</summary>
    public void Read(T* source, nint step) => Workers.Run((inner + RowsOfPiece - 1) / RowsOfPiece, PackCost * inner * columns, piece =>
    {
        // Row after row: read in columns a vector wide, memory would not be ahead.
        var (whole, rest) = Math.DivRem(columns, TLanes.Count);
        for (int row = piece * RowsOfPiece, end = Math.Min(row + RowsOfPiece, inner); row < end; row++)
        {
            T* at = source + (row * step), panel = panels + ((nint)row * TLanes.Count);
            for (var vector = 0; vector < whole; vector++, at += TLanes.Count, panel += (nint)inner * TLanes.Count)
            {
                TLanes.Store(TLanes.Load(at), panel);
            }

            if (rest > 0)
            {
                new ReadOnlySpan<T>(at, rest).CopyTo(new Span<T>(panel, rest));
                new Span<T>(panel + rest, TLanes.Count - rest).Clear();
            }
        }
    });

    /// <summary>Reads a matrix whose element (row, column) is at <c>source[column · step + row]</c>.</summary>
    public void ReadTransposed(T* source, nint step) => Workers.Run(Vectors, PackCost * inner * columns, vector => Tiles.Read(
        source + (vector * TLanes.Count * step), step, Math.Min(columns - (vector * TLanes.Count), TLanes.Count), inner,
        panels + ((nint)vector * TLanes.Count * inner), TLanes.Count));

    /// <summary>Multiplies rows with the matrix, and adds the bias, or what is there.</summary>
    /// <param name="rows">How many, at most <see cref="TokenPieces.Length"/>.</param>
    /// <param name="x">The first.</param>
    /// <param name="xStep">Elements to the next.</param>
    /// <param name="y">Where the first product goes.</param>
    /// <param name="yStep">Elements to the next.</param>
    /// <param name="add">Whether to add what is there in place of the bias; only where the columns fill whole vectors.</param>
    public void Multiply(int rows, T* x, nint xStep, T* y, nint yStep, bool add = false)
    {
        const int together = 4;
        var whole = rows / together * together;
        if (whole > 0)
        {
            Whole(whole, x, xStep, y, yStep, add);
        }

        if (whole < rows)
        {
            var innerVectors = (inner + TLanes.Count - 1) / TLanes.Count;
            using var filled = new Scratch<T>((long)together * (innerVectors + Vectors), 2, TLanes.Count);
            T* from = filled.TakeCleared(together * innerVectors), to = filled.Take(together * Vectors);
            RowCopies.Copy(rows - whole, inner, x + (whole * xStep), xStep, from, inner);
            if (add)
            {
                RowCopies.Copy(rows - whole, columns, y + (whole * yStep), yStep, to, padded);
            }

            Whole(together, from, inner, to, padded, add);
            RowCopies.Copy(rows - whole, columns, to, padded, y + (whole * yStep), yStep);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private void Whole(int rows, T* x, nint xStep, T* y, nint yStep, bool add)
    {
        if (columns == padded)
        {
            Product(rows, x, xStep, y, yStep, add);
            return;
        }

        using var tile = new Scratch<T>((long)rows * Vectors, 1, TLanes.Count);
        var to = tile.Take(rows * Vectors);
        Product(rows, x, xStep, to, padded, false);
        RowCopies.Copy(rows, columns, to, padded, y, yStep);
    }

    private void Product(int rows, T* x, nint xStep, T* y, nint yStep, bool add)
    {
        Panels<T> right = new(panels, TLanes.Count, (nint)inner * TLanes.Count), result = new(y, yStep, TLanes.Count);
        var began = add || start is not null;
        var terms = new RowTerms<T>(add ? result : new Panels<T>(start, 0, TLanes.Count), began ? ones : null, null);
        for (var k = 0; k < inner; k += Depth)
        {
            Products<TLanes, TVector, T>.Multiply(
                rows, Math.Min(Depth, inner - k), Vectors, x + k, xStep, 1, right.From(k, 0), result, terms);
            terms = new RowTerms<T>(result, ones, null);
        }
    }
}
