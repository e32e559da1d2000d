using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Mapping;

/// <summary>
/// Takes the rows of a map from top to bottom, counts its classes, keeps a small picture, and writes whole rows of the file's tiles:
/// so the file has the same bytes however the rows were cut into pieces.
/// </summary>
internal sealed class MapRows
{
    private const int PreviewSide = 2048;

    private readonly RasterWriter _writer;
    private readonly byte[] _tiles;
    private readonly byte[] _preview;
    private readonly long[] _counts = new long[ClassMap.NoData + 1];
    private readonly int _previewWidth;
    private int _top;
    private int _held;

    /// <summary>Begins a map.</summary>
    /// <param name="writer">Of one band of bytes.</param>
    internal MapRows(RasterWriter writer)
    {
        _writer = writer;
        _tiles = new byte[(long)RasterWriter.TileSide * Width];
        Step = (Math.Max(Width, Height) + PreviewSide - 1) / PreviewSide;
        _previewWidth = (Width + Step - 1) / Step;
        _preview = new byte[_previewWidth * ((Height + Step - 1) / Step)];
    }

    /// <summary>Rows and columns of the map for one of the picture.</summary>
    internal int Step { get; }

    /// <summary>Pixels without data so far.</summary>
    internal long NoData => _counts[ClassMap.NoData];

    private int Width => _writer.Spec.Width;

    private int Height => _writer.Spec.Height;

    /// <summary>Pixels of each class so far.</summary>
    /// <param name="classes">How many there are.</param>
    internal long[] Counts(int classes) => _counts[..classes];

    /// <summary>The picture: every <see cref="Step"/>th row and column, `(h, w)` uint8.</summary>
    internal Tensor Preview()
    {
        using var scope = NewDisposeScope();
        return tensor(_preview).view(-1, _previewWidth).MoveToOuterDisposeScope();
    }

    /// <summary>Adds rows.</summary>
    /// <param name="classes">Whole rows.</param>
    internal void Add(ReadOnlySpan<byte> classes)
    {
        for (; classes.Length > 0; classes = classes[Width..])
        {
            ReadOnlySpan<byte> row = classes[..Width];
            foreach (byte value in row) _counts[value]++;
            Sample(_top + _held, row);
            row.CopyTo(_tiles.AsSpan(_held++ * Width));
            if (_held < RasterWriter.TileSide && _top + _held < Height) continue;
            _writer.Write<byte>(_tiles.AsSpan(0, _held * Width), new Window(0, _top, Width, _held));
            (_top, _held) = (_top + _held, 0);
        }
    }

    private void Sample(int y, ReadOnlySpan<byte> row)
    {
        if (y % Step != 0) return;
        Span<byte> line = _preview.AsSpan(y / Step * _previewWidth, _previewWidth);
        for (int x = 0; x < _previewWidth; x++) line[x] = row[x * Step];
    }
}
