using System.Text;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>
/// Text of a stream as a terminal would leave it: a carriage return goes back to the start of the line and what follows
/// overwrites it, a backspace goes back one place. So a progress bar of a thousand steps is stored as its last state.
/// </summary>
internal sealed class StreamText
{
    /// <summary>Characters that are kept; a cell that prints without end must not fill the memory.</summary>
    internal const int Limit = 32 * 1024 * 1024;

    private const int LongLine = 64 * 1024;
    private const string Reset = "\u001b[0m";

    private readonly StringBuilder _lines = new();
    private readonly StringBuilder _line = new();
    private bool _isCut;
    private int _shortenAt = LongLine;

    /// <summary>Appends text.</summary>
    public void Append(string text)
    {
        int start = 0;
        while (start < text.Length && !_isCut)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            _line.Append(text, start, (end < 0 ? text.Length : end) - start);
            if (end >= 0) EndLine();
            else if (_line.Length > _shortenAt) ShortenLine();
            start = next;
            if (_lines.Length + _line.Length > Limit)
            {
                _isCut = true;
                _line.Append($"\n[cut: the cell wrote more than {Limit / 1048576} MiB]\n");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _lines.ToString() + Overwrite(_line.ToString());

    private void EndLine()
    {
        _lines.Append(Overwrite(_line.ToString())).Append('\n');
        _line.Clear();
        _shortenAt = LongLine;
    }

    // Only what stands before the last return is settled: the cursor is somewhere behind it.
    private void ShortenLine()
    {
        string line = _line.ToString();
        int last = line.LastIndexOf('\r');
        if (last > 0) _line.Clear().Append(Overwrite(line[..last])).Append(line.AsSpan(last));

        // A line that stays long is looked at again when it has doubled, not at each of its characters.
        _shortenAt = Math.Max(LongLine, 2 * _line.Length);
    }

    private static string Overwrite(string line)
    {
        if (!line.AsSpan().ContainsAny('\r', '\b')) return line;
        var places = new List<(string Style, string Glyph)>();
        string style = "";
        int cursor = 0;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\r') cursor = 0;
            else if (c == '\b') cursor = Math.Max(0, cursor - 1);
            else if (c == '\u001b' && EscapeEnd(line, i) is { } end)
            {
                string code = line[i..(end + 1)];
                // `K` erases to the end of the line, `m` sets colours; other codes move a cursor that a file does not have.
                if (code[^1] == 'K') places.RemoveRange(Math.Min(cursor, places.Count), Math.Max(0, places.Count - cursor));
                else if (code is Reset or "\u001b[m") style = "";
                else if (code[^1] == 'm') style += code;
                i = end;
            }
            else
            {
                bool isPair = char.IsHighSurrogate(c) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]);
                string glyph = isPair ? line.Substring(i++, 2) : c.ToString();
                if (cursor < places.Count) places[cursor] = (style, glyph);
                else places.Add((style, glyph));
                cursor++;
            }
        }

        return Join(places);
    }

    private static string Join(List<(string Style, string Glyph)> places)
    {
        var line = new StringBuilder();
        string style = "";
        foreach ((string wanted, string glyph) in places)
        {
            if (wanted != style) line.Append(style.Length > 0 ? Reset : "").Append(wanted);
            line.Append(glyph);
            style = wanted;
        }

        return line.Append(style.Length > 0 ? Reset : "").ToString();
    }

    // The last character of an escape sequence such as `ESC [ 3 1 m`.
    private static int? EscapeEnd(string line, int start)
    {
        if (start + 1 >= line.Length || line[start + 1] != '[') return null;
        for (int i = start + 2; i < line.Length; i++)
        {
            if (line[i] is >= '@' and <= '~') return i;
        }

        return null;
    }
}
