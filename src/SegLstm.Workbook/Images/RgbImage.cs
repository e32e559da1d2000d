using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Workbook.Images;

/// <summary>A picture in memory, red, green and blue of 8 bits, to be painted on and encoded.</summary>
public sealed class RgbImage
{
    private readonly byte[] _planes;

    /// <summary>A black picture.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or there are more samples than an array holds.</exception>
    public RgbImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(3L * width * height, Array.MaxLength, nameof(height));
        (Width, Height, _planes) = (width, height, new byte[3 * width * height]);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Samples (3, Height, Width): all red ones, all green ones, all blue ones, each row after row.</summary>
    public ReadOnlySpan<byte> Planes => _planes;

    /// <summary>The colour of a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the picture.</exception>
    public Rgb this[int column, int row]
    {
        get
        {
            int at = At(column, row), plane = Width * Height;
            return new Rgb(_planes[at], _planes[at + plane], _planes[at + 2 * plane]);
        }

        set
        {
            int at = At(column, row), plane = Width * Height;
            (_planes[at], _planes[at + plane], _planes[at + 2 * plane]) = (value.R, value.G, value.B);
        }
    }

    /// <summary>Fills a rectangle; what lies outside the picture is left out.</summary>
    public void Fill(int column, int row, int width, int height, Rgb color)
    {
        for (int y = Math.Max(0, row); y < Math.Min(Height, row + height); y++)
        {
            for (int x = Math.Max(0, column); x < Math.Min(Width, column + width); x++) this[x, y] = color;
        }
    }

    /// <summary>Draws the edge of a rectangle, inwards; what lies outside the picture is left out.</summary>
    /// <param name="column">Its first column.</param>
    /// <param name="row">Its first row.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="thickness">Pixels of the edge.</param>
    /// <param name="color">The edge's colour.</param>
    public void Frame(int column, int row, int width, int height, int thickness, Rgb color)
    {
        Fill(column, row, width, thickness, color);
        Fill(column, row + height - thickness, width, thickness, color);
        Fill(column, row, thickness, height, color);
        Fill(column + width - thickness, row, thickness, height, color);
    }

    /// <summary>Copies a picture into this one; what lies outside is left out.</summary>
    /// <param name="picture">What is copied.</param>
    /// <param name="column">Where its left edge comes to lie.</param>
    /// <param name="row">Where its top edge comes to lie.</param>
    /// <param name="scale">How many pixels wide and high each of its pixels becomes.</param>
    public void Paste(RgbImage picture, int column, int row, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(picture);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++) Fill(column + x * scale, row + y * scale, scale, scale, picture[x, y]);
        }
    }

    /// <summary>The picture as a PNG file.</summary>
    /// <exception cref="RasterException">It cannot be encoded.</exception>
    public byte[] ToPng() => Png.Encode(_planes, 3, Height, Width);

    /// <summary>The picture as a <c>data:</c> URI, which a page can hold without another file.</summary>
    /// <exception cref="RasterException">It cannot be encoded.</exception>
    public string ToDataUri() => "data:image/png;base64," + Convert.ToBase64String(ToPng());

    private int At(int column, int row)
    {
        if ((uint)column >= (uint)Width || (uint)row >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(column), $"The pixel in column {column}, row {row} lies outside {Width}x{Height}.");
        return row * Width + column;
    }
}
