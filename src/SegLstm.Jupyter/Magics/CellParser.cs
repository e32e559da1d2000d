namespace SegLstm.Jupyter.Magics;

/// <summary>Splits a cell at its magics.</summary>
internal static class CellParser
{
    /// <summary>The language of a cell that names none.</summary>
    public const string DefaultLanguage = "csharp";

    /// <summary>The steps of a cell, in order; code that is only white space is left out.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="language">The language at its top.</param>
    /// <exception cref="MagicException">A magic is unknown, or not as it should be.</exception>
    public static IReadOnlyList<CellStep> Parse(string code, string language = DefaultLanguage) =>
        [.. Split(code, language, MagicCall.Parse).Where(step => step is not CodeStep { IsBlank: true, Switch: null })];

    /// <summary>
    /// The code at a position, whether or not the cell's magics are right; null where the position is in a magic's line.
    /// </summary>
    public static CodeStep? CodeAt(string code, int position) =>
        Split(code, DefaultLanguage, Tolerant).OfType<CodeStep>()
            .LastOrDefault(step => step.Start <= position && position <= step.End);

    /// <summary>The line of the magic at a position, with its start; null where there is code.</summary>
    public static (string Text, int Start, string Language)? MagicAt(string code, int position)
    {
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var end = code.IndexOf('\n', position);
        var text = (end < 0 ? code[start..] : code[start..end]).TrimEnd('\r');
        if (!text.StartsWith("#!", StringComparison.Ordinal))
        {
            return null;
        }

        // The code before the line says whether the line is inside a string or a comment.
        var before = Split(code, DefaultLanguage, Tolerant).OfType<CodeStep>().LastOrDefault(step => step.Start <= start);
        var inside = before is not null && start > before.Start && start < before.End && (text.Length > 2 && IsMagicName(text));
        return inside ? null : (text, start, before?.Language ?? DefaultLanguage);
    }

    private static MagicCall Tolerant(string text, int line)
    {
        var magic = MagicTable.Find(MagicLine.NameOf(text)) ?? new Magic(MagicLine.NameOf(text), "");
        return new MagicCall(magic, line, new Dictionary<string, MagicToken?>(), WantsHelp: false);
    }

    private static IEnumerable<CellStep> Split(string code, string language, Func<string, int, MagicCall> parse)
    {
        var start = 0;
        var line = 1;
        MagicCall? switched = null;
        while (true)
        {
            var at = NextMagic(code, start, language);
            var end = at < 0 ? code.Length : at;
            yield return new CodeStep(language, code[start..end], start, end, line, switched);
            if (at < 0)
            {
                yield break;
            }

            line += code.AsSpan(start, end - start).Count('\n');
            var lineEnd = code.IndexOf('\n', at);
            var text = (lineEnd < 0 ? code[at..] : code[at..lineEnd]).TrimEnd();
            var call = parse(text, line);
            start = lineEnd < 0 ? code.Length : lineEnd + 1;
            line++;
            if (call.Magic.Language is { } next && !call.WantsHelp)
            {
                language = next;
                switched = call;
            }
            else
            {
                switched = null;
                yield return new CommandStep(call, language, text, at, start);
            }
        }
    }

    private static int NextMagic(string code, int from, string language)
    {
        StringsAndComments? inside = null;
        for (var at = from; at >= 0 && at < code.Length; at = code.IndexOf('\n', at) is var end and >= 0 ? end + 1 : -1)
        {
            if (!IsMagicName(code.AsSpan(at)) || !Belongs(code, at, language))
            {
                continue;
            }

            if (language is not ("csharp" or "fsharp"))
            {
                return at;
            }

            inside ??= StringsAndComments.Of(code[from..], language);
            if (!inside.Contains(at - from))
            {
                return at;
            }
        }

        return -1;
    }

    // Text may well have lines that look like magics, such as the first line of a shell script in Markdown.
    private static bool Belongs(string code, int at, string language)
    {
        if (language is "csharp" or "fsharp" or "sql")
        {
            return true;
        }

        var end = code.IndexOf('\n', at);
        return MagicTable.Find(MagicLine.NameOf(end < 0 ? code[at..] : code[at..end])) is not null;
    }

    private static bool IsMagicName(ReadOnlySpan<char> text) =>
        text.Length > 2 && text[0] == '#' && text[1] == '!' && char.IsLetter(text[2]);
}
