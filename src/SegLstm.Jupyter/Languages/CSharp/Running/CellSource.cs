using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages.Assemblies;

namespace SegLstm.Jupyter.Languages.CSharp.Running;

/// <summary>A cell's text, or that of a file that it loads: each file runs as a submission of its own, before its cell.</summary>
internal sealed class CellSource
{
    private readonly string folder;
    private readonly IReadOnlyList<string> loading;
    private readonly IReadOnlyList<LoadDirectiveTriviaSyntax> loads;

    /// <summary>The text of a cell.</summary>
    /// <param name="part">The cell.</param>
    /// <param name="folder">What relative paths mean.</param>
    public CellSource(CellPart part, string folder)
        : this(part.Code, $"cell [{part.CellNumber}]", folder, [])
    {
    }

    private CellSource(string code, string path, string folder, IReadOnlyList<string> loading)
    {
        (Path, this.folder, this.loading) = (path, folder, loading);
        Root = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), CellCompiler.Parsing, path).GetRoot();
        loads =
        [
            .. from trivia in Root.DescendantTrivia()
               where trivia.IsKind(SyntaxKind.LoadDirectiveTrivia)
               let directive = (LoadDirectiveTriviaSyntax)trivia.GetStructure()!
               where directive.IsActive
               select directive,
        ];
    }

    /// <summary>What errors call it.</summary>
    public string Path { get; }

    /// <summary>Its syntax.</summary>
    public SyntaxNode Root { get; }

    /// <summary>The files that it loads, in order.</summary>
    /// <exception cref="CellFailedException">One is missing, cannot be read, or loads itself.</exception>
    public IEnumerable<CellSource> Loads()
    {
        foreach (LoadDirectiveTriviaSyntax load in loads)
        {
            string file = System.IO.Path.GetFullPath(load.File.ValueText, folder);
            string? fault = loading.Contains(file) ? $"{file} loads itself: {string.Join(" → ", loading)} → {file}"
                : load.File.ValueText.Length == 0 ? "expected #load \"FILE\""
                : Directory.Exists(file) ? $"{file} is a folder: #load takes one file"
                : File.Exists(file) ? null
                : $"there is no {load.File.ValueText} (looked for {file})";
            if (fault is not null) throw DirectiveFailure.At(Root.GetText(), load.Span, Path, fault);
            yield return Read(load, file);
        }
    }

    /// <summary>A text of this source with the `#load` lines blank, so that positions hold.</summary>
    public SourceText WithoutLoads(SourceText text) => text.WithChanges(loads.Select(load =>
    {
        var line = TextSpan.FromBounds(load.SpanStart, load.EndOfDirectiveToken.SpanStart);
        return new TextChange(line, new string(' ', line.Length));
    }));

    private CellSource Read(LoadDirectiveTriviaSyntax load, string file)
    {
        try
        {
            return new CellSource(File.ReadAllText(file), file, System.IO.Path.GetDirectoryName(file)!, [.. loading, file]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw DirectiveFailure.At(Root.GetText(), load.Span, Path, $"{file} cannot be read: {fault.Message}");
        }
    }
}
