using System.Globalization;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>How a terminal would show text now: colours and weight.</summary>
internal sealed class AnsiStyle
{
    private string? _color;
    private string? _background;
    private bool _isBold;
    private bool _isItalic;
    private bool _isUnderlined;
    private bool _isInverse;

    /// <summary>Follows the numbers of one code.</summary>
    public void Apply(int[] codes)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            switch (codes[i])
            {
                case 0:
                    _color = _background = null;
                    _isBold = _isItalic = _isUnderlined = _isInverse = false;
                    break;
                case 1: _isBold = true; break;
                case 3: _isItalic = true; break;
                case 4: _isUnderlined = true; break;
                case 7: _isInverse = true; break;
                case 22: _isBold = false; break;
                case 23: _isItalic = false; break;
                case 24: _isUnderlined = false; break;
                case 27: _isInverse = false; break;
                case >= 30 and <= 37: _color = Named(codes[i] - 30); break;
                case 38: _color = Extended(codes, ref i); break;
                case 39: _color = null; break;
                case >= 40 and <= 47: _background = Named(codes[i] - 40); break;
                case 48: _background = Extended(codes, ref i); break;
                case 49: _background = null; break;
                case >= 90 and <= 97: _color = Named(codes[i] - 90 + 8); break;
                case >= 100 and <= 107: _background = Named(codes[i] - 100 + 8); break;
            }
        }
    }

    /// <summary>Escaped text in this style.</summary>
    public string Wrap(string html)
    {
        (string? color, string? background) = _isInverse
            ? (_background ?? "var(--page)", _color ?? "var(--text)") : (_color, _background);
        string style = (color is null ? "" : $"color:{color};") + (background is null ? "" : $"background:{background};")
            + (_isBold ? "font-weight:600;" : "") + (_isItalic ? "font-style:italic;" : "")
            + (_isUnderlined ? "text-decoration:underline;" : "");
        return style.Length == 0 ? html : $"<span style=\"{style}\">{html}</span>";
    }

    // The page's style says what the sixteen named colours are, in light and in dark.
    private static string Named(int index) => string.Create(CultureInfo.InvariantCulture, $"var(--ansi-{index})");

    // `38;5;N` or `38;2;R;G;B`.
    private static string? Extended(int[] codes, ref int i)
    {
        if (i + 2 < codes.Length && codes[i + 1] == 5)
        {
            i += 2;
            return Indexed(codes[i]);
        }

        if (i + 4 < codes.Length && codes[i + 1] == 2)
        {
            i += 4;
            return Rgb(codes[i - 2], codes[i - 1], codes[i]);
        }

        i = codes.Length;
        return null;
    }

    // xterm's 256 colours: sixteen named, a cube of 6 x 6 x 6, a ramp of grey.
    private static string? Indexed(int index) => index switch
    {
        < 16 => Named(index),
        < 232 => Rgb(Step((index - 16) / 36), Step((index - 16) / 6 % 6), Step((index - 16) % 6)),
        < 256 => Rgb(8 + (10 * (index - 232)), 8 + (10 * (index - 232)), 8 + (10 * (index - 232))),
        _ => null,
    };

    private static int Step(int level) => level == 0 ? 0 : 55 + (40 * level);

    private static string Rgb(int red, int green, int blue) =>
        string.Create(CultureInfo.InvariantCulture, $"#{(byte)red:x2}{(byte)green:x2}{(byte)blue:x2}");
}
