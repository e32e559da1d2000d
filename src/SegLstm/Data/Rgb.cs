using System.Globalization;

namespace SegLstm.Data;

/// <summary>An opaque colour in sRGB, 0 to 255 a channel.</summary>
/// <param name="R">Red.</param>
/// <param name="G">Green.</param>
/// <param name="B">Blue.</param>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>The colour of a hexadecimal number as web pages write it: <c>0xFF8000</c> is orange.</summary>
    /// <param name="hex">0 to 0xFFFFFF.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number has more than 24 bits.</exception>
    public static Rgb FromHex(int hex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hex, 0xFFFFFF);
        return new Rgb((byte)(hex >> 16), (byte)(hex >> 8), (byte)hex);
    }

    /// <summary>Reads a colour that is written as <see cref="ToString"/> does.</summary>
    /// <param name="text">Such as <c>#FF8000</c>.</param>
    /// <param name="color">The colour.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out Rgb color)
    {
        int hex = 0;
        bool isOne = text is { Length: 7 } && text[0] == '#'
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hex);
        color = isOne ? FromHex(hex) : default;
        return isOne;
    }

    /// <summary>The colour as <c>#RRGGBB</c>.</summary>
    public override string ToString() => $"#{R:X2}{G:X2}{B:X2}";
}
