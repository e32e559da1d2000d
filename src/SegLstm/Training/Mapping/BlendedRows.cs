using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Mapping;

/// <summary>
/// The weighted sums of overlapping windows' probabilities, for as many rows as a window has: all that is held of a map that is
/// being made.
/// </summary>
internal sealed class BlendedRows : IDisposable
{
    private readonly int _classes;
    private readonly int _window;
    private readonly Tensor _sums;
    private readonly Tensor[] _planes;
    private readonly Tensor _weights;
    private readonly float[] _profile;
    private readonly float[] _rowTotals;
    private readonly float[] _columnTotals;

    /// <summary>Starts with nothing.</summary>
    /// <param name="windows">Where windows lie.</param>
    /// <param name="classes">Classes of a pixel.</param>
    internal BlendedRows(SlidingWindows windows, int classes)
    {
        (_classes, _window, Width) = (classes, windows.Size, windows.Width);
        _profile = windows.Weights.ToArray();
        _rowTotals = new float[Math.Min(windows.Size, windows.Height)];
        _sums = zeros(classes, _rowTotals.Length, Width).DetachFromDisposeScope();
        _planes = [.. Enumerable.Range(0, classes).Select(c => _sums[c].DetachFromDisposeScope())];
        using Tensor profile = tensor(_profile);
        using Tensor rows = profile.unsqueeze(1), columns = profile.unsqueeze(0);
        _weights = (rows * columns).DetachFromDisposeScope();
        _columnTotals = new float[Width];
        foreach (int left in windows.Columns)
        {
            for (int i = 0; i < Math.Min(_window, Width); i++) _columnTotals[left + i] += _profile[i];
        }
    }

    /// <summary>Columns.</summary>
    internal int Width { get; }

    /// <summary>Adds windows that begin in the first row held.</summary>
    /// <param name="probabilities">`(n, classes, s, s)`.</param>
    /// <param name="lefts">Their left edges, n.</param>
    internal void Add(Tensor probabilities, ReadOnlySpan<int> lefts)
    {
        using var scope = NewDisposeScope();
        int h = _rowTotals.Length, w = Math.Min(_window, Width);
        Tensor weight = _weights.narrow(0, 0, h).narrow(1, 0, w);
        for (int i = 0; i < lefts.Length; i++)
        {
            _sums.narrow(2, lefts[i], w).addcmul_(probabilities[i].narrow(1, 0, h).narrow(2, 0, w), weight, 1);
        }
    }

    /// <summary>Tells that all windows that begin in the first row held were added.</summary>
    internal void EndRow()
    {
        for (int i = 0; i < _rowTotals.Length; i++) _rowTotals[i] += _profile[i];
    }

    /// <summary>Blended probabilities `(classes, rows, width)` of the first rows.</summary>
    internal Tensor Probabilities(int rows)
    {
        using var scope = NewDisposeScope();
        Tensor totals = tensor(_rowTotals[..rows]).unsqueeze(1) * tensor(_columnTotals).unsqueeze(0);
        return (_sums.narrow(1, 0, rows) / totals).MoveToOuterDisposeScope();
    }

    /// <summary>The class of each pixel of the first rows, `rows x width`; the first of equals.</summary>
    /// <exception cref="InvalidOperationException">The model gave what is no number.</exception>
    internal void Classes(int rows, Span<byte> into)
    {
        var (best, found) = (new float[Width], new int[Width]);
        // Weights are the same for all classes, so sums need no division to be compared.
        for (int y = 0; y < rows; y++)
        {
            Sums(0, y).CopyTo(best);
            if (best.AsSpan().ContainsAnyExceptInRange(0, float.MaxValue))
            {
                throw new InvalidOperationException(
                    "The model gave scores that are no numbers: its weights, or samples far outside of what it learnt from, are to blame.");
            }

            Array.Clear(found);
            for (int c = 1; c < _classes; c++) TakeGreater(Sums(c, y), c, best, found);
            Span<byte> row = into.Slice(y * Width, Width);
            for (int x = 0; x < Width; x++) row[x] = (byte)found[x];
        }
    }

    /// <summary>Drops the first rows and moves up the others, behind which come zeros.</summary>
    internal void Drop(int rows)
    {
        using var scope = NewDisposeScope();
        int held = _rowTotals.Length, kept = held - rows;
        // By pieces that do not overlap, so that no copy of the whole is needed.
        for (int to = 0; to < kept; to += rows)
        {
            int count = Math.Min(rows, kept - to);
            _sums.narrow(1, to, count).copy_(_sums.narrow(1, to + rows, count));
        }

        _sums.narrow(1, kept, rows).zero_();
        Array.Copy(_rowTotals, rows, _rowTotals, 0, kept);
        Array.Clear(_rowTotals, kept, rows);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor plane in _planes) plane.Dispose();
        _sums.Dispose();
        _weights.Dispose();
    }

    private ReadOnlySpan<float> Sums(int index, int row) =>
        MemoryMarshal.Cast<byte, float>(_planes[index].bytes).Slice(row * Width, Width);

    private static void TakeGreater(ReadOnlySpan<float> sums, int index, Span<float> best, Span<int> found)
    {
        int lanes = Vector<float>.Count, x = 0;
        for (; x <= sums.Length - lanes; x += lanes)
        {
            Vector<float> sum = new(sums[x..]), most = new(best[x..]);
            Vector<int> isMore = Vector.GreaterThan(sum, most);
            Vector.ConditionalSelect(isMore, sum, most).CopyTo(best[x..]);
            Vector.ConditionalSelect(isMore, new Vector<int>(index), new Vector<int>(found[x..])).CopyTo(found[x..]);
        }

        for (; x < sums.Length; x++)
        {
            if (sums[x] > best[x]) (best[x], found[x]) = (sums[x], index);
        }
    }
}
