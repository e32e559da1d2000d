using System.Text.RegularExpressions;
using FSharp.Compiler.Diagnostics;
using FSharp.Compiler.Interactive;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Puts failures of F# cells into words.</summary>
internal static partial class FSharpErrors
{
    private const int FrameLimit = 10;

    /// <summary>Whether there is an error among the diagnostics.</summary>
    public static bool Any(FSharpDiagnostic[] diagnostics) => diagnostics.Any(IsError);

    /// <summary>Writes the warnings to the cell's error stream.</summary>
    public static void Warn(FSharpDiagnostic[] diagnostics, CellPart part, WovenCode? woven)
    {
        foreach (var warning in diagnostics.Where(diagnostic => diagnostic.Severity.IsWarning))
        {
            var line = woven?.LineOf(warning.StartLine) ?? warning.StartLine;
            part.Output.Write(OutputStream.Stderr, $"line {line}: warning FS{warning.ErrorNumber:0000}: {warning.Message}\n");
        }
    }

    /// <summary>A compiler's error or an exception, with the line of the cell.</summary>
    public static CellError Of(Exception? failure, FSharpDiagnostic[] diagnostics, CellPart part, string file, WovenCode? woven)
    {
        if (failure is null or Shell.FsiCompilationException && Any(diagnostics))
        {
            var errors = diagnostics.Where(IsError).ToList();
            var lines = part.Code.Split('\n');
            return new CellError(
                "CompilationError",
                $"error FS{errors[0].ErrorNumber:0000}: {errors[0].Message.ReplaceLineEndings(" ")}",
                [.. errors.SelectMany(error => Describe(error, lines, part.CellNumber))],
                errors[0].StartLine);
        }

        int LineOf(int line) => woven?.LineOf(line) ?? line;
        var frames = (failure!.StackTrace ?? "").Split('\n')
            .Where(frame => frame.Contains(".fsx:line", StringComparison.Ordinal)).ToList();
        var own = frames.Select(frame => Frame().Match(frame)).FirstOrDefault(frame => frame.Groups[1].Value == file);
        var name = failure.GetType().Name;
        return new CellError(
            name,
            failure.Message,
            [$"{name}: {failure.Message}", .. Few([.. frames.Select(frame => Shorten(frame, file, LineOf))])],
            own is null ? null : LineOf(int.Parse(own.Groups[2].ValueSpan)));
    }

    // A recursion leaves thousands of frames.
    private static IEnumerable<string> Few(IReadOnlyList<string> frames) => frames.Count <= FrameLimit
        ? frames
        : frames.Take(FrameLimit - 1).Append($"   … {frames.Count - FrameLimit:N0} more").Append(frames[^1]);

    private static bool IsError(FSharpDiagnostic diagnostic) => diagnostic.Severity.IsError;

    private static IEnumerable<string> Describe(FSharpDiagnostic error, string[] lines, int cell)
    {
        yield return $"In [{cell}], line {error.StartLine}: error FS{error.ErrorNumber:0000}: {error.Message}";
        if (error.StartLine >= 1 && error.StartLine <= lines.Length)
        {
            var end = error.EndLine == error.StartLine ? error.EndColumn : lines[error.StartLine - 1].Length;
            yield return "  " + lines[error.StartLine - 1].TrimEnd();
            yield return $"  {new string(' ', error.StartColumn)}{new string('^', Math.Max(end - error.StartColumn, 1))}";
        }
    }

    // The compiler's own names of the cell's entry, and the folder of a file that there is not, say nothing.
    private static string Shorten(string frame, string file, Func<int, int> lineOf)
    {
        var place = Frame().Match(frame);
        var line = int.Parse(place.Groups[2].ValueSpan);
        line = place.Groups[1].Value == file ? lineOf(line) : line;
        var method = frame.Trim().Split(" in ")[0];
        return method.Contains("StartupCode$", StringComparison.Ordinal)
            ? $"   in {place.Groups[1].Value}, line {line}"
            : $"   {Module().Replace(method, "")} in {place.Groups[1].Value}, line {line}";
    }

    [GeneratedRegex(@"([^/\\]+\.fsx):line (\d+)")]
    private static partial Regex Frame();

    [GeneratedRegex(@"FSI_\d+\.")]
    private static partial Regex Module();
}
