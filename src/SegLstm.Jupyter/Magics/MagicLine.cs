using System.Text.Json;

namespace SegLstm.Jupyter.Magics;

/// <summary>Splits the line of a magic into its words.</summary>
internal static class MagicLine
{
    /// <summary>The name after `#!`: all up to white space.</summary>
    public static string NameOf(string line)
    {
        var end = 2;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        return line[2..end];
    }

    /// <summary>The words after the name.</summary>
    public static IReadOnlyList<MagicToken> TokensOf(string line)
    {
        var tokens = new List<MagicToken>();
        var position = 2 + NameOf(line).Length;
        while (true)
        {
            while (position < line.Length && char.IsWhiteSpace(line[position]))
            {
                position++;
            }

            if (position == line.Length)
            {
                return tokens;
            }

            var (token, next) = Read(line, position);
            tokens.Add(token);
            position = next;
        }
    }

    private static (MagicToken Token, int Next) Read(string line, int start)
    {
        if (line[start] == '@')
        {
            var colon = start + 1;
            while (colon < line.Length && (char.IsLetterOrDigit(line[colon]) || line[colon] is '#' or '-' or '_' or '.'))
            {
                colon++;
            }

            var source = line[(start + 1)..colon];
            if (colon == line.Length || line[colon] != ':')
            {
                return source is "input" or "password"
                    ? (new MagicToken("", MagicTokenKind.Reference, start, colon) { Source = source }, colon)
                    : Word(line, start);
            }

            if (colon + 1 == line.Length || char.IsWhiteSpace(line[colon + 1]))
            {
                return (new MagicToken("", MagicTokenKind.Reference, start, colon + 1) { Source = source }, colon + 1);
            }

            var (rest, end) = Value(line, colon + 1);
            return (rest with { Kind = MagicTokenKind.Reference, Source = source, Start = start }, end);
        }

        return Value(line, start);
    }

    private static (MagicToken Token, int Next) Value(string line, int start) => line[start] switch
    {
        '"' => Quoted(line, start),
        '{' or '[' => Json(line, start),
        _ => Word(line, start),
    };

    private static (MagicToken Token, int Next) Word(string line, int start)
    {
        var end = start;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        var text = line[start..end];
        if (!text.StartsWith("--", StringComparison.Ordinal))
        {
            return (new MagicToken(text, text == "-h" ? MagicTokenKind.Option : MagicTokenKind.Text, start, end), end);
        }

        // --name=value is two words; the value may have quotes.
        var equals = text.IndexOf('=');
        return equals < 0
            ? (new MagicToken(text, MagicTokenKind.Option, start, end), end)
            : (new MagicToken(text[..equals], MagicTokenKind.Option, start, start + equals), start + equals + 1);
    }

    private static (MagicToken Token, int Next) Quoted(string line, int start)
    {
        var end = start + 1;
        while (end < line.Length && line[end] != '"')
        {
            end += line[end] == '\\' && end + 1 < line.Length && line[end + 1] is '"' or '\\' ? 2 : 1;
        }

        var inner = line[(start + 1)..Math.Min(end, line.Length)];
        end = Math.Min(end + 1, line.Length);
        string text;
        try
        {
            text = JsonSerializer.Deserialize<string>($"\"{inner}\"") ?? inner;
        }
        catch (JsonException)
        {
            // A path with single backslashes, which is no JSON string.
            text = inner;
        }

        return (new MagicToken(text, MagicTokenKind.Text, start, end), end);
    }

    private static (MagicToken Token, int Next) Json(string line, int start)
    {
        var depth = 0;
        var quoted = false;
        var end = start;
        for (; end < line.Length; end++)
        {
            switch (line[end])
            {
                case '\\' when quoted:
                    end++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '[' when !quoted:
                    depth++;
                    break;
                case '}' or ']' when !quoted:
                    depth--;
                    break;
            }

            if (depth == 0)
            {
                break;
            }
        }

        end = Math.Min(end + 1, line.Length);
        return (new MagicToken(line[start..end], MagicTokenKind.Json, start, end), end);
    }
}
