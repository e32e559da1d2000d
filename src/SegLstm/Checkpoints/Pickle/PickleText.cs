using System.Globalization;
using System.Numerics;
using System.Text;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>Values that protocol 0 writes as lines of text.</summary>
internal static class PickleText
{
    private const int MostDigits = 1024;

    /// <summary><c>I12</c>, <c>L12L</c>, and the booleans <c>I00</c> and <c>I01</c>.</summary>
    public static PickleValue Integer(byte[] line, PickleReader reader)
    {
        var text = Encoding.Latin1.GetString(line);
        if (text is "00" or "01")
        {
            return new PickleValue.Boolean(text == "01");
        }

        return line.Length <= MostDigits
            && BigInteger.TryParse(text.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new PickleValue.Integer(number)
            : throw reader.Broken($"holds '{Printable.Of(text, 40)}' where an integer is expected");
    }

    /// <summary><c>F1.5</c>.</summary>
    public static PickleValue Float(byte[] line, PickleReader reader)
    {
        var text = Encoding.Latin1.GetString(line);
        return text switch
        {
            "inf" => new PickleValue.Float(double.PositiveInfinity),
            "-inf" => new PickleValue.Float(double.NegativeInfinity),
            "nan" => new PickleValue.Float(double.NaN),
            _ when line.Length <= MostDigits
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                new PickleValue.Float(number),
            _ => throw reader.Broken($"holds '{Printable.Of(text, 40)}' where a number is expected"),
        };
    }

    /// <summary>The number of a memo's entry.</summary>
    public static long Index(byte[] line, PickleReader reader) =>
        int.TryParse(Encoding.Latin1.GetString(line), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
            : throw reader.Broken("numbers a memo's entry by something other than a number");

    /// <summary>Text in which <c>\uXXXX</c> and <c>\UXXXXXXXX</c> are characters, and every other byte is one of
    /// Latin-1.</summary>
    public static string RawUnicode(byte[] line, PickleReader reader)
    {
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var digits = i + 1 >= line.Length || line[i] != (byte)'\\' ? 0
                : line[i + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
            {
                text.Append((char)line[i]);
                continue;
            }

            AppendCode(text, line.AsSpan(Math.Min(i + 2, line.Length)), digits, reader);
            i += 1 + digits;
        }

        return text.ToString();
    }

    /// <summary>A string as Python prints it: in quotes, with escapes.</summary>
    public static string Quoted(byte[] line, PickleReader reader)
    {
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0])
        {
            throw reader.Broken("holds a string without quotes");
        }

        var text = new StringBuilder(line.Length);
        for (var i = 1; i < line.Length - 1; i++)
        {
            if (line[i] != (byte)'\\')
            {
                text.Append((char)line[i]);
                continue;
            }

            var escape = line[++i];
            if (escape == (byte)'x')
            {
                AppendCode(text, line.AsSpan(i + 1), 2, reader);
                i += 2;
                continue;
            }

            text.Append(escape switch
            {
                (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', (byte)'\\' or (byte)'\'' or (byte)'"' => (char)escape,
                _ => throw reader.Broken("holds a string with an unknown escape"),
            });
        }

        return text.ToString();
    }

    private static void AppendCode(StringBuilder text, ReadOnlySpan<byte> rest, int digits, PickleReader reader)
    {
        if (rest.Length < digits
            || !uint.TryParse(rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code > 0x10FFFF)
        {
            throw reader.Broken("holds text with a broken escape");
        }

        // Halves of pairs stand alone in Python's text; they are shown as escapes and never written.
        text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : ((char)code).ToString());
    }
}
