using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Tells what the compiler says, at the place in the cell that it means.</summary>
internal static class CompilerErrors
{
    /// <summary>The kind of error of a cell that does not compile.</summary>
    public const string Name = "CompilationError";

    private const int Shown = 10;

    /// <summary>Fails the cell where there are errors.</summary>
    /// <param name="diagnostics">What the compiler says of the cell as it was written.</param>
    /// <param name="bound">The cell, for hints.</param>
    public static void ThrowIfAny(IEnumerable<Diagnostic> diagnostics, CSharpCompilation bound)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        if (errors.Count == 0)
        {
            return;
        }

        var first = errors[0].Location;
        var line = first.IsInSource ? first.GetLineSpan().StartLinePosition.Line + 1 : (int?)null;
        var headlines = errors.Take(Shown).Select(error => Headline(error) + NameHints.For(error, bound)).ToList();
        List<string> traceback = [];
        foreach (var (error, headline) in errors.Zip(headlines))
        {
            traceback.Add(headline);
            traceback.AddRange(Source(error.Location));
        }

        if (errors.Count > Shown)
        {
            traceback.Add($"… and {errors.Count - Shown} more errors");
        }

        throw new CellFailedException(new CellError(Name, string.Join('\n', headlines), traceback, line));
    }

    /// <summary>What the compiler warns of, as lines to show.</summary>
    /// <param name="emitted">What it said when it compiled the cell with what was woven in.</param>
    /// <param name="bound">The cell as it was written, which is asked again where there is something to tell.</param>
    public static IReadOnlyList<string> Warnings(IEnumerable<Diagnostic> emitted, CSharpCompilation bound) =>
        !emitted.Any(IsWarning) ? [] :
        [
            .. from warning in bound.GetDiagnostics()
               where IsWarning(warning)
               let place = warning.Location.GetLineSpan()
               let start = place.StartLinePosition
               let at = $"{place.Path}, line {start.Line + 1}, column {start.Character + 1}"
               select $"{at}: warning {warning.Id}: {Message(warning)}",
        ];

    private static bool IsWarning(Diagnostic diagnostic) =>
        diagnostic is { Severity: DiagnosticSeverity.Warning, IsSuppressed: false, Location.IsInSource: true };

    private static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string Headline(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        var start = place.StartLinePosition;
        var at = diagnostic.Location.IsInSource ? $"{place.Path}, line {start.Line + 1}, column {start.Character + 1}: " : "";
        return $"{at}error {diagnostic.Id}: {Message(diagnostic)}";
    }

    private static IEnumerable<string> Source(Location location)
    {
        if (!location.IsInSource)
        {
            yield break;
        }

        var line = location.SourceTree!.GetText().Lines.GetLineFromPosition(location.SourceSpan.Start);
        yield return "    " + line;
        yield return "    " + Caret(line, location.SourceSpan);
    }

    private static string Caret(TextLine line, TextSpan span)
    {
        var before = line.ToString()[..(span.Start - line.Start)];
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        return string.Concat(before.Select(letter => letter == '\t' ? '\t' : ' ')) + new string('^', length);
    }
}
