using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.Loader;
using SegLstm.Jupyter.Languages.CSharp.Running;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Where a frame of a trace stands.</summary>
/// <param name="File">Its file; null where there are no symbols.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1, in what was compiled; 0 where only the line is known.</param>
/// <param name="Until">The last line that it may stand in, where the runtime does not tell the line.</param>
internal sealed record FramePlace(string? File, int Line, int Column, int Until)
{
    /// <summary>The line or lines, as text.</summary>
    public string Lines => Until == Line ? $"line {Line}" : $"lines {Line} to {Until}";

    /// <summary>The place of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="indexing">Whether an index was out of range: optimised code then keeps no line, but only some lines have
    /// an index.</param>
    /// <param name="source">The lines of a file, where it is known.</param>
    public static FramePlace Of(StackFrame frame, bool indexing, Func<string, string[]?> source)
    {
        var line = frame.GetFileLineNumber();
        var told = frame.GetFileName() is { Length: > 0 } file
            ? new FramePlace(file, line, frame.GetFileColumnNumber(), line)
            : new FramePlace(null, 0, 0, 0);
        var doubtful = told.File == null ||
            (indexing && source(told.File) is { } text && line > 0 && line <= text.Length && !text[line - 1].Contains('['));
        return (doubtful ? Searched(frame, indexing, source) : null) ?? told;
    }

    private static FramePlace? Searched(StackFrame frame, bool indexing, Func<string, string[]?> source)
    {
        if (frame.GetMethod() is not { } method ||
            AssemblyLoadContext.GetLoadContext(method.Module.Assembly) is not SubmissionContext { Symbols.Length: > 0 } context)
        {
            return null;
        }

        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(context.Symbols));
        var reader = provider.GetMetadataReader();
        var handle = ((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken)).ToDebugInformationHandle();
        var information = reader.GetMethodDebugInformation(handle);
        var points = information.GetSequencePoints().Where(point => !point.IsHidden).ToList();
        if (points.Count == 0 || points[0].Document.IsNil)
        {
            return null;
        }

        var file = reader.GetString(reader.GetDocument(points[0].Document).Name);
        var lines = points.Select(point => point.StartLine).Distinct().Order().ToList();
        if (indexing && source(file) is { } text)
        {
            var indexed = lines.FindAll(line => line <= text.Length && text[line - 1].Contains('['));
            lines = indexed.Count > 0 ? indexed : lines;
        }

        return new FramePlace(file, lines[0], 0, lines[^1]);
    }
}
