using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Assemblies;

/// <summary>Tells why a line such as `#r "…"` or `#load "…"` cannot be followed, at its place in the cell.</summary>
internal static class DirectiveFailure
{
    /// <summary>The kind of error of a cell whose references cannot be had.</summary>
    public const string Name = "ReferenceError";

    /// <summary>The failure of a directive.</summary>
    /// <param name="text">The cell's text.</param>
    /// <param name="directive">Where in it the directive stands.</param>
    /// <param name="path">What errors call the cell.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="cause">The exception behind it.</param>
    public static CellFailedException At(SourceText text, TextSpan directive, string path, string reason, Exception? cause = null)
    {
        TextLine line = text.Lines.GetLineFromPosition(directive.Start);
        int number = line.LineNumber + 1;
        string message = $"{path}, line {number}: {reason}", source = line.ToString().Trim();
        string[] traceback = [message, $"    {source}", $"    {new string('^', Math.Max(1, source.Length))}"];
        return new CellFailedException(new CellError(Name, message, traceback, number), cause);
    }
}
