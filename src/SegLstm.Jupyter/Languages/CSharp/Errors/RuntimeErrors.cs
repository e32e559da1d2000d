using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp.Running;
using SegLstm.Jupyter.Languages.CSharp.Weaving;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Tells what a cell threw: where, and through which frames of the user's own.</summary>
/// <param name="cell">The path of the cell's text.</param>
/// <param name="code">The cell's text.</param>
/// <param name="map">How columns go back; null where nothing was woven in.</param>
internal sealed class RuntimeErrors(string cell, string code, SourceMap? map)
{
    private const int ShownFrames = 20;
    private const int LastFrames = 4;

    private readonly string[] source = [.. code.Split('\n').Select(line => line.TrimEnd('\r'))];

    /// <summary>What to show of an exception.</summary>
    public CellError Describe(Exception thrown)
    {
        var error = Unwrapped(thrown);
        var frames = UserFrames(error);
        List<string> lines = [];
        var here = frames.Find(frame => frame.Place.File == cell)?.Place;
        if (here != null)
        {
            lines.Add($"{cell}, {here.Lines}");
            lines.AddRange(Source(here));
        }

        lines.Add($"{error.GetType().Name}: {error.Message}");
        lines.AddRange(Shown(frames));
        for (var inner = error.InnerException; inner != null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().Name}: {inner.Message}");
            lines.AddRange(Shown(UserFrames(inner)));
        }

        return new CellError(error.GetType().Name, error.Message, lines, here?.Line);
    }

    private static Exception Unwrapped(Exception error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrapped(only),
        TypeInitializationException { InnerException: { } inner, TypeName: var name }
            when name.StartsWith("Submission", StringComparison.Ordinal) => Unwrapped(inner),
        _ => error,
    };

    private static bool IsUsers(MethodBase method) =>
        method.Module.Assembly is var assembly &&
        (AssemblyLoadContext.GetLoadContext(assembly) is SubmissionContext ||
            (assembly != typeof(RuntimeErrors).Assembly && !FrameworkReferences.IsFramework(assembly.Location)));

    private static IEnumerable<string> Shown(List<Frame> frames)
    {
        // To name a frame takes time, and an endless recursion has some ten thousand.
        var hidden = frames.Count - ShownFrames - LastFrames;
        return hidden <= 0
            ? frames.Select(frame => frame.Text)
            :
            [
                .. frames[..ShownFrames].Select(frame => frame.Text), $"   … {hidden} more …",
                .. frames[^LastFrames..].Select(frame => frame.Text),
            ];
    }

    private List<Frame> UserFrames(Exception error)
    {
        var indexing = error is IndexOutOfRangeException;
        return
        [
            .. from frame in new StackTrace(error, fNeedFileInfo: true).GetFrames()
               let method = frame.GetMethod()
               where method != null && IsUsers(method)
               let place = FramePlace.Of(frame, indexing, file => file == cell ? source : null)
               where place.File != null
               select new Frame(method, place),
        ];
    }

    private IEnumerable<string> Source(FramePlace place)
    {
        if (place.Line < 1 || place.Line > source.Length || place.Until != place.Line)
        {
            yield break;
        }

        var text = source[place.Line - 1];
        yield return "    " + text;
        var column = map?.Column(place.Line - 1, place.Column - 1) ?? place.Column - 1;
        if (place.Column > 0 && column >= 0 && column < text.Length)
        {
            yield return "    " + string.Concat(text[..column].Select(letter => letter == '\t' ? '\t' : ' ')) + "^";
        }
    }

    private sealed record Frame(MethodBase Method, FramePlace Place)
    {
        public string Text => FrameNames.Name(Method) is { Length: > 0 } name
            ? $"   in {name} {Place.File} {Place.Lines}"
            : $"   in {Place.File} {Place.Lines}";
    }
}
