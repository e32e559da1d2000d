using System.Diagnostics;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>Tells what a cell threw, with the frames that are the user's own.</summary>
internal static class RuntimeErrors
{
    /// <summary>What to show of an exception.</summary>
    public static CellError Describe(Exception error, string cell, string code)
    {
        var frames = new StackTrace(error, fNeedFileInfo: true).GetFrames()
            .Where(frame => frame.GetFileName() is { } file && file.StartsWith("cell [", StringComparison.Ordinal)).ToList();
        var here = frames.Find(frame => frame.GetFileName() == cell);
        List<string> lines = [];
        if (here?.GetFileLineNumber() is { } line and > 0)
        {
            lines.Add($"{cell}, line {line}");
            lines.Add("    " + code.Split('\n').ElementAtOrDefault(line - 1)?.TrimEnd('\r'));
        }

        lines.Add($"{error.GetType().Name}: {error.Message}");
        lines.AddRange(frames.Select(frame => $"   in {frame.GetMethod()?.Name} {frame.GetFileName()} line {frame.GetFileLineNumber()}"));
        return new CellError(error.GetType().Name, error.Message, lines, here?.GetFileLineNumber());
    }
}
