using SegLstm.Data.Rasters;

namespace SegLstm.Data.Augmentation;

/// <summary>An image's labels, read window by window as they are asked for; the window that was read last is kept.</summary>
/// <param name="height">Rows of the image.</param>
/// <param name="width">Columns of the image.</param>
/// <param name="read">Reads a window, row after row.</param>
internal sealed class LabelWindows(int height, int width, Func<Window, byte[]> read)
{
    // Of an image that is no larger than so many windows each try for a crop would read much of it again: it is read once, whole.
    private const int Few = 4;

    private Window _held;
    private byte[] _labels = [];

    internal int Height => height;

    internal int Width => width;

    /// <summary>The labels where rows and columns cross, row after row.</summary>
    /// <param name="rows">Rows of the image, rising.</param>
    /// <param name="columns">Columns of the image, rising.</param>
    internal byte[] At(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        Hold(new Window(columns[0], rows[0], columns[^1] - columns[0] + 1, rows[^1] - rows[0] + 1));
        byte[] labels = new byte[rows.Length * columns.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            var line = _labels.AsSpan((rows[y] - _held.Y) * _held.Width, _held.Width);
            for (int x = 0; x < columns.Length; x++) labels[y * columns.Length + x] = line[columns[x] - _held.X];
        }

        return labels;
    }

    private void Hold(Window window)
    {
        Window within = window with { X = window.X - _held.X, Y = window.Y - _held.Y };
        if (within.IsWithin(_held.Width, _held.Height)) return;
        bool isLarge = (long)Few * window.Width * window.Height >= (long)height * width;
        _held = isLarge ? new Window(0, 0, width, height) : window;
        _labels = read(_held);
    }
}
