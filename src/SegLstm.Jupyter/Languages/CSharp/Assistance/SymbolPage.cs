using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Writes what is known of a symbol below its declaration.</summary>
internal sealed class SymbolPage(SpeculativeCell cell, InspectionPage page)
{
    /// <summary>Its documentation, and whether it should no longer be used.</summary>
    public void Documentation(ISymbol symbol)
    {
        if (symbol.GetAttributes().FirstOrDefault(one => one.AttributeClass?.Name == "ObsoleteAttribute") is { } obsolete)
        {
            page.Paragraph($"Obsolete: {obsolete.ConstructorArguments.FirstOrDefault().Value ?? "do not use it in new code"}");
        }

        var documentation = new XmlDocumentation(cell);
        if (symbol is IParameterSymbol or ITypeParameterSymbol)
        {
            var kind = symbol is IParameterSymbol ? "param" : "typeparam";
            var all = documentation.Of(symbol.ContainingSymbol).Elements(kind);
            page.Prose(null, all.FirstOrDefault(one => Name(one) == symbol.Name));
            return;
        }

        var written = documentation.Of(symbol);
        page.Prose(null, written.Element("summary"));
        page.Prose("Type parameters", written.Elements("typeparam").Select(one => (Name(one), one)));
        page.Prose("Parameters", written.Elements("param").Select(one => (Name(one), one)));
        page.Prose("Returns", written.Element("returns"));
        page.Prose("Value", written.Element("value"));
        page.Prose("Exceptions", written.Elements("exception")
            .Select(one => (DocumentationProse.ShortName(one.Attribute("cref")?.Value ?? ""), one)));
        page.Prose("Remarks", written.Element("remarks"));
    }

    /// <summary>What is of interest only when asked for: base types, members, an example and its library.</summary>
    public void Details(ISymbol symbol)
    {
        page.Prose("Example", new XmlDocumentation(cell).Of(symbol).Element("example"));
        if (symbol is INamedTypeSymbol type)
        {
            page.Lines("Base types", Bases(type).Select(one => one.ToMinimalDisplayString(cell.Model, 0)));
            page.Lines("Members", type.GetMembers()
                .Where(member => !member.IsImplicitlyDeclared && IsPublic(member) && IsOrdinary(member))
                .OrderBy(member => member.Name, StringComparer.Ordinal).Select(SymbolText.Signature));
        }

        if (symbol.ContainingAssembly is { } assembly && !symbol.Locations.Any(place => place.IsInSource))
        {
            var file = (cell.Compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath;
            page.Lines("Assembly", file == null ? [assembly.Identity.ToString()] : [assembly.Identity.ToString(), file]);
        }
    }

    private static string Name(XElement element) => element.Attribute("name")?.Value ?? "";

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above != null; above = above.BaseType)
        {
            yield return above;
        }

        foreach (var implemented in type.AllInterfaces)
        {
            yield return implemented;
        }
    }

    private static bool IsPublic(ISymbol member) => member.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static bool IsOrdinary(ISymbol member) => member is not IMethodSymbol
    {
        MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor
            or MethodKind.UserDefinedOperator or MethodKind.Conversion),
    };
}
