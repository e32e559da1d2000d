using System.Text;

namespace SegLstm.Jupyter.Server;

/// <summary>Cursor positions: the protocol counts Unicode code points, .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The position in UTF-16 units; one before or behind the text is moved to its nearest end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The position in code points.</param>
    public static int ToUtf16(string text, int position)
    {
        int units = 0;
        for (int i = 0; i < position && units < text.Length; i++)
        {
            units += IsPair(text, units) ? 2 : 1;
        }

        return units;
    }

    /// <summary>The position in code points; one inside a surrogate pair counts as behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="units">The position in UTF-16 units.</param>
    public static int FromUtf16(string text, int units)
    {
        int count = 0;
        for (int i = 0; i < Math.Min(units, text.Length); count++)
        {
            i += IsPair(text, i) ? 2 : 1;
        }

        return count;
    }

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && Rune.TryCreate(text[index], text[index + 1], out _);
}
