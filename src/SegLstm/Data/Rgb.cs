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

    /// <summary>The colour as <c>#RRGGBB</c>.</summary>
    public override string ToString() => $"#{R:X2}{G:X2}{B:X2}";
}
