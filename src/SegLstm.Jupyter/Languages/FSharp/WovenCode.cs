using System.Text;
using FSharp.Compiler.CodeAnalysis;
using FSharp.Compiler.Syntax;
using FSharp.Compiler.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Control;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>F# code with checks for interrupts at the start of its loops and functions.</summary>
/// <remarks>
/// A body that stands on lines of its own gets a line before it, a body of one line gets parentheses. A body that begins beside
/// its head and goes on below, and what is inside computation expressions and quotations, stays as it is.
/// </remarks>
internal sealed class WovenCode
{
    private const string Owner = "SegLstm.Jupyter.Languages.FSharp.InterruptCheck.";

    private readonly SortedDictionary<(int Line, int Column), (string Before, int EndColumn)> inline = [];
    private readonly SortedDictionary<int, (int Column, string Check)> before = [];
    private readonly List<int> origins = [];

    private WovenCode(string[] lines, IEnumerable<(SynExpr Body, bool IsCall)> bodies)
    {
        foreach (var (body, isCall) in bodies)
        {
            Plan(body.Range, isCall ? Owner + "PollCall()" : Owner + "Poll()", lines);
        }

        var text = new StringBuilder();
        for (var line = 1; line <= lines.Length; line++)
        {
            if (before.TryGetValue(line, out var check))
            {
                text.Append(' ', check.Column).Append(check.Check).Append('\n');
                origins.Add(line);
            }

            text.Append(Weave(lines[line - 1], line)).Append(line == lines.Length ? "" : "\n");
            origins.Add(line);
        }

        Text = text.ToString();
    }

    /// <summary>The code to run.</summary>
    public string Text { get; }

    /// <summary>
    /// Code with checks; null where it has no loop or function, does not parse, or has directives or `;;`, after which a part
    /// of it may have run before the rest is compiled.
    /// </summary>
    public static WovenCode? Of(string code, FSharpChecker checker)
    {
        if (code.Contains(";;", StringComparison.Ordinal) || code.Split('\n').Any(line => line.TrimStart().StartsWith('#'))
            || Parse(code, checker) is not { ParseHadErrors: false } parsed
            || CheckPoints.In(parsed.ParseTree) is not { Count: > 0 } bodies)
        {
            return null;
        }

        var woven = new WovenCode(code.Split('\n'), bodies);
        return Parse(woven.Text, checker).ParseHadErrors ? null : woven;
    }

    /// <summary>A line of the woven code as a line of the cell; both count from 1.</summary>
    public int LineOf(int woven) => woven >= 1 && woven <= origins.Count ? origins[woven - 1] : woven;

    private static FSharpParseFileResults Parse(string code, FSharpChecker checker)
    {
        const string File = "cell.fsx";
        var standard = FSharpParsingOptions.Default;
        var options = new FSharpParsingOptions(
            [File], standard.ApplyLineDirectives, ListModule.OfSeq(["INTERACTIVE"]), standard.DiagnosticOptions,
            standard.LangVersionText, isInteractive: true, compilingFSharpCore: false, isExe: false);
        return FSharpAsync.RunSynchronously(checker.ParseFile(File, SourceText.ofString(code), options, null, null), null, null);
    }

    private void Plan(global::FSharp.Compiler.Text.Range range, string check, string[] lines)
    {
        if (range.StartLine < 1 || range.EndLine > lines.Length)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(lines[range.StartLine - 1][..range.StartColumn]))
        {
            before.TryAdd(range.StartLine, (range.StartColumn, check));
        }
        else if (range.StartLine == range.EndLine)
        {
            inline.TryAdd((range.StartLine, range.StartColumn), ($"({check}; ", range.EndColumn));
        }
    }

    private string Weave(string line, int number)
    {
        var insertions = inline.Where(item => item.Key.Line == number)
            .SelectMany(item => new[] { (item.Key.Column, Text: item.Value.Before), (Column: item.Value.EndColumn, Text: ")") })
            .OrderByDescending(item => item.Column).ThenBy(item => item.Text == ")" ? 0 : 1).ToList();
        foreach (var (column, text) in insertions)
        {
            line = line.Insert(column, text);
        }

        return line;
    }
}
