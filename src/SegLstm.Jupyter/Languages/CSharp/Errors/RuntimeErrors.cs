using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Running;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Tells what a cell threw: where, and through which frames of the user's own.</summary>
internal static class RuntimeErrors
{
    private const int ShownFrames = 20;
    private const int LastFrames = 4;

    /// <summary>What to show of an exception.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="cell">The path of the cell's text.</param>
    /// <param name="code">The cell's text.</param>
    /// <param name="maps">How columns go back, by path.</param>
    public static CellError Describe(Exception thrown, string cell, string code, IReadOnlyDictionary<string, SourceMap> maps)
    {
        var error = Unwrapped(thrown);
        var frames = UserFrames(error);
        List<string> lines = [];
        int? line = null;
        if (frames.Find(frame => frame.GetFileName() == cell) is { } here && here.GetFileLineNumber() is > 0 and var number)
        {
            line = number;
            var text = code.Split('\n').ElementAtOrDefault(number - 1)?.TrimEnd('\r') ?? "";
            lines.Add($"{cell}, line {number}");
            lines.Add("    " + text);
            var column = maps.GetValueOrDefault(cell)?.Column(number - 1, here.GetFileColumnNumber() - 1) ?? here.GetFileColumnNumber() - 1;
            if (column >= 0 && column < text.Length)
            {
                lines.Add("    " + string.Concat(text[..column].Select(letter => letter == '\t' ? '\t' : ' ')) + "^");
            }
        }

        lines.Add($"{error.GetType().Name}: {error.Message}");
        lines.AddRange(Shown(frames));
        for (var inner = error.InnerException; inner != null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().Name}: {inner.Message}");
            lines.AddRange(Shown(UserFrames(inner)));
        }

        return new CellError(error.GetType().Name, error.Message, lines, line);
    }

    private static Exception Unwrapped(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        TypeInitializationException { InnerException: { } inner, TypeName: var name } when name.StartsWith("Submission") => Unwrapped(inner),
        _ => error,
    };

    private static List<StackFrame> UserFrames(Exception error) =>
        [.. new StackTrace(error, fNeedFileInfo: true).GetFrames().Where(IsUsers)];

    private static bool IsUsers(StackFrame frame)
    {
        if (frame.GetMethod()?.Module.Assembly is not { } assembly || string.IsNullOrEmpty(frame.GetFileName()))
        {
            return false;
        }

        return AssemblyLoadContext.GetLoadContext(assembly) is SubmissionContext ||
            (assembly != typeof(RuntimeErrors).Assembly && !FrameworkReferences.IsFramework(assembly.Location));
    }

    private static IEnumerable<string> Shown(List<StackFrame> frames)
    {
        var lines = frames.Select(FrameNames.Line).ToList();
        return lines.Count <= ShownFrames + LastFrames
            ? lines
            : [.. lines[..ShownFrames], $"   … {lines.Count - ShownFrames - LastFrames} more …", .. lines[^LastFrames..]];
    }
}
