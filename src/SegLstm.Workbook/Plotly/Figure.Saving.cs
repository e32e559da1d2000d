using SegLstm.Checkpoints;

namespace SegLstm.Workbook.Plotly;

public sealed partial class Figure
{
    /// <summary>
    /// Writes the figure, atomically: `.html` as a page that needs no other file and no network, `.svg` as vectors, `.png` as
    /// pixels, two for each of the figure's. The last two need Chromium.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="FileNotFoundException">plotly.js is missing; the message says how to fetch it.</exception>
    /// <exception cref="InvalidOperationException">No browser is installed for `.svg` and `.png`, or it failed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => FigureFile.Html(this),
            ".svg" => FigureFile.Svg(this),
            ".png" => FigureFile.Png(this),
            _ => throw new ArgumentException($"Cannot save a figure as '{path}': expected a name that ends with .html, .svg or .png.", nameof(path)),
        };
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
