namespace SegLstm.Language.Clip;

/// <summary>The code page that most wrongly decoded text was read in. Its five undefined bytes stand for themselves.</summary>
internal static class Windows1252
{
    // 0x80 to 0x9F; 0 where the page defines none.
    private const string High =
        "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
        + "\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    /// <summary>The character of a byte.</summary>
    public static char Decode(byte value) => value is >= 0x80 and < 0xA0 && High[value - 0x80] is not '\0' and var letter
        ? letter : (char)value;

    /// <summary>The byte of a character; null where there is none. Control characters that the page has no place for pass as
    /// bytes, too.</summary>
    public static byte? Encode(char letter)
    {
        if (letter <= 0xFF)
        {
            return (byte)letter;
        }

        var index = High.IndexOf(letter);
        return index >= 0 ? (byte)(0x80 + index) : null;
    }
}
