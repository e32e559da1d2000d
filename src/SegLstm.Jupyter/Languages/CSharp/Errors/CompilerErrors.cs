using Microsoft.CodeAnalysis;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Tells what the compiler says, at the place in the cell that it means.</summary>
internal static class CompilerErrors
{
    /// <summary>The kind of error of a cell that does not compile.</summary>
    public const string Name = "CompilationError";

    /// <summary>Fails the cell where there are errors.</summary>
    public static void ThrowIfAny(IEnumerable<Diagnostic> diagnostics, Microsoft.CodeAnalysis.CSharp.CSharpCompilation bound)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        if (errors.Count == 0)
        {
            return;
        }

        var first = errors[0].Location.GetLineSpan();
        var line = errors[0].Location.IsInSource ? first.StartLinePosition.Line + 1 : (int?)null;
        var message = string.Join('\n', errors.Select(Headline));
        throw new CellFailedException(new CellError(Name, message, [.. errors.SelectMany(Lines)], line));
    }

    private static string Headline(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan();
        var place = diagnostic.Location.IsInSource
            ? $"{start.Path}, line {start.StartLinePosition.Line + 1}, column {start.StartLinePosition.Character + 1}: "
            : "";
        return $"{place}error {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<string> Lines(Diagnostic diagnostic)
    {
        yield return Headline(diagnostic);
        if (!diagnostic.Location.IsInSource)
        {
            yield break;
        }

        var text = diagnostic.Location.SourceTree!.GetText();
        var line = text.Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
        yield return "    " + line;
        var column = diagnostic.Location.SourceSpan.Start - line.Start;
        var length = Math.Max(1, Math.Min(diagnostic.Location.SourceSpan.End, line.End) - diagnostic.Location.SourceSpan.Start);
        yield return "    " + Blank(line.ToString()[..column]) + new string('^', length);
    }

    private static string Blank(string before) => string.Concat(before.Select(letter => letter == '\t' ? '\t' : ' '));
}
