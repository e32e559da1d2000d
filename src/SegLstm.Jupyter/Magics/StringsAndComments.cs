using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Magics;

/// <summary>The stretches of code in which a line that begins with `#!` is no magic.</summary>
internal sealed class StringsAndComments
{
    private readonly List<(int Start, int End)> stretches = [];

    /// <summary>The strings and comments of C# or F# code that reach over several lines.</summary>
    public static StringsAndComments Of(string code, string language)
    {
        var found = new StringsAndComments();
        if (language == "csharp")
        {
            found.ReadCSharp(code);
        }
        else
        {
            found.ReadFSharp(code);
        }

        return found;
    }

    /// <summary>Whether a position is inside one, and not at its start.</summary>
    public bool Contains(int position) => stretches.Any(stretch => stretch.Start < position && position < stretch.End);

    private void ReadCSharp(string code)
    {
        var options = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);
        foreach (var token in SyntaxFactory.ParseTokens(code, options: options))
        {
            Add(token.SpanStart, token.Span.End, code);
            foreach (var trivia in token.LeadingTrivia.Concat(token.TrailingTrivia))
            {
                if (trivia.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia)
                {
                    Add(trivia.FullSpan.Start, trivia.FullSpan.End, code);
                }
            }
        }
    }

    // The compiler service of F# is large and loaded at first use: not only to look for three kinds of string.
    private void ReadFSharp(string code)
    {
        var position = 0;
        while (position < code.Length)
        {
            var rest = code.AsSpan(position);
            var end = rest switch
            {
                ['/', '/', ..] => IndexAfter(code, "\n", position),
                ['"', '"', '"', ..] => IndexAfter(code, "\"\"\"", position + 3),
                ['@', '"', ..] => AfterVerbatim(code, position + 2),
                ['"', ..] => AfterString(code, position + 1),
                ['(', '*', ')', ..] => position + 3,
                ['(', '*', ..] => AfterComment(code, position + 2),
                ['\'', '"', '\'', ..] => position + 3,
                _ => position + 1,
            };
            Add(position, end, code);
            position = end;
        }
    }

    private static int IndexAfter(string code, string mark, int from) =>
        code.IndexOf(mark, Math.Min(from, code.Length), StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length
            : code.Length;

    private static int AfterVerbatim(string code, int from)
    {
        while (true)
        {
            var after = IndexAfter(code, "\"", from);
            if (after >= code.Length || code[after] != '"')
            {
                return after;
            }

            from = after + 1;
        }
    }

    private static int AfterString(string code, int from)
    {
        for (var i = from; i < code.Length; i++)
        {
            if (code[i] == '\\')
            {
                i++;
            }
            else if (code[i] == '"')
            {
                return i + 1;
            }
        }

        return code.Length;
    }

    private static int AfterComment(string code, int from)
    {
        var depth = 1;
        for (var i = from; i + 1 < code.Length; i++)
        {
            depth += code.AsSpan(i, 2) switch { "(*" => 1, "*)" => -1, _ => 0 };
            if (depth == 0)
            {
                return i + 2;
            }
        }

        return code.Length;
    }

    private void Add(int start, int end, string code)
    {
        if (code.AsSpan(start, end - start).Contains('\n'))
        {
            stretches.Add((start, end));
        }
    }
}
