using System.Text.RegularExpressions;
using FSharp.Compiler.Interactive;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SegLstm.Jupyter.Languages.Assemblies;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Gives F# the assemblies and packages that cells of any language reference, each loaded once.</summary>
internal sealed partial class FSharpReferences(ReferencedAssemblies assemblies, CellReferences follow)
{
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script);
    private readonly HashSet<string> shown = [];

    /// <summary>Follows the `#r` and `#i` lines of a cell; they are the same in C#, whose reader it is that finds them.</summary>
    /// <returns>The cell's code without them, its lines where they were.</returns>
    /// <exception cref="Cells.CellFailedException">A reference cannot be had.</exception>
    public async Task<string> FollowAsync(CellPart part, string file)
    {
        var lines = part.Code.Split('\n');
        var directives = lines.Select(line => Directive().Match(line)).ToArray();
        if (!directives.Any(directive => directive.Success))
        {
            return part.Code;
        }

        var alone = directives.Select(found => found.Success ? $"#{found.Groups[1].Value} \"{found.Groups[2].Value}\"" : "");
        await follow.FollowAsync(CSharpSyntaxTree.ParseText(string.Join("\n", alone), Script).GetRoot(), part, file);
        return string.Join("\n", lines.Select((line, i) => directives[i].Success ? "" : line));
    }

    /// <summary>Tells the session of what has been referenced since it was told last.</summary>
    public void Show(Shell.FsiEvaluationSession session)
    {
        foreach (var path in assemblies.Paths.Where(shown.Add))
        {
            session.EvalInteraction($"#r @\"{path}\"", "references.fsx", null);
        }
    }

    [GeneratedRegex("""^\s*#(r|i)\s+@?"+([^"]+)"+\s*(?://.*)?$""")]
    private static partial Regex Directive();
}
