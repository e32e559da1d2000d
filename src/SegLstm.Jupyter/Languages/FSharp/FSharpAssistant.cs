using FSharp.Compiler.EditorServices;
using FSharp.Compiler.Interactive;
using FSharp.Compiler.Symbols;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Completes and explains F# by the compiler's own services, with the values of earlier cells.</summary>
internal sealed class FSharpAssistant(Lazy<Shell.FsiEvaluationSession> session)
{
    /// <summary>What could stand at a position.</summary>
    public CompletionList Complete(string code, int position)
    {
        var (line, column, text) = Place(code, position);
        var (parsed, checkedFile, _) = session.Value.ParseAndCheckInteraction(code, null);
        var name = QuickParse.GetPartialLongNameEx(text, column - 1);
        var list = checkedFile.GetDeclarationListInfo(parsed, line, text, name, null, null, null);
        var prefix = name.PartialIdent;
        var items = list.Items
            .Where(item => item.NameInCode.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(item => new Completion(item.NameInCode, Kind(item.Glyph)));
        return new CompletionList([.. items], position - prefix.Length, position);
    }

    /// <summary>The signature and documentation of what stands at a position.</summary>
    public Inspection? Inspect(string code, int position)
    {
        var (line, column, text) = Place(code, position);
        if (QuickParse.GetCompleteIdentifierIsland(false, text, Math.Max(0, Math.Min(column, text.Length - 1))) is not { } island)
        {
            return null;
        }

        var (_, checkedFile, _) = session.Value.ParseAndCheckInteraction(code, null);
        var names = ListModule.OfArray(island.Value.Item1.Split('.'));
        var tip = checkedFile.GetToolTip(line, island.Value.Item2, text, names, FSharpTokenTag.IDENT, null);
        var parts = tip.Item.OfType<ToolTipElement.Group>().SelectMany(group => group.elements).Select(Describe);
        var all = string.Join("\n\n", parts);
        return all == "" ? null : new Inspection(all);
    }

    private static string Describe(ToolTipElementData element) =>
        element.XmlDoc is FSharpXmlDoc.FromXmlText { Item.UnprocessedLines: { Length: > 0 } lines }
        ? $"{element.MainDescription.Text}\n{string.Join("\n", lines).Trim()}"
        : element.MainDescription.Text;

    private static (int Line, int Column, string Text) Place(string code, int position)
    {
        var start = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var end = code.IndexOf('\n', position);
        return (code.AsSpan(0, start).Count('\n') + 1, position - start, end < 0 ? code[start..] : code[start..end]);
    }

    private static string Kind(FSharpGlyph glyph)
    {
        if (glyph.IsMethod || glyph.IsExtensionMethod || glyph.IsOverridenMethod)
        {
            return "function";
        }

        if (glyph.IsProperty || glyph.IsField || glyph.IsEvent)
        {
            return "property";
        }

        if (glyph.IsNameSpace || glyph.IsModule)
        {
            return "module";
        }

        return glyph.IsVariable || glyph.IsConstant || glyph.IsEnumMember ? "instance" : "class";
    }
}
