using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Finds what is written about a symbol: in the cells, or in the documentation of its library.</summary>
internal sealed class XmlDocumentation(SpeculativeCell cell)
{
    // `inheritdoc` that leads round in a circle ends here.
    private const int LongestInheritance = 8;

    /// <summary>The symbol's documentation, with what it inherits; an element without children where there is none.</summary>
    public XElement Of(ISymbol symbol) => Of(symbol, 0);

    private XElement Of(ISymbol symbol, int depth)
    {
        var declared = Declared(symbol);
        var own = Own(declared) ?? new XElement("member");
        var inherits = own.Elements("inheritdoc").FirstOrDefault();
        if (depth >= LongestInheritance || (inherits == null && own.HasElements))
        {
            return own;
        }

        var source = inherits?.Attribute("cref")?.Value is { } reference
            ? Referred(reference)
            : Overridden(declared);
        if (source != null)
        {
            // Its own words come before inherited ones of the same kind.
            var written = own.Elements().Select(Key).ToHashSet();
            own.Add(Of(source, depth + 1).Elements().Where(element => !written.Contains(Key(element))));
        }

        own.Elements("inheritdoc").Remove();
        return own;
    }

    private ISymbol? Referred(string reference)
    {
        if (DocumentationCommentId.GetFirstSymbolForDeclarationId(reference, cell.Compilation) is { } found)
        {
            return found;
        }

        // What cells declare is within their classes, where no id leads to: it is found by the name that a cell would use.
        var name = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        var parts = name.Split('.').SkipWhile(part => part.StartsWith("Submission", StringComparison.Ordinal));
        return cell.SymbolAt(0, string.Join('.', parts));
    }

    private static string Key(XElement element) =>
        $"{element.Name} {element.Attribute("name")?.Value}{element.Attribute("cref")?.Value}";

    private static bool Same(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static ISymbol Declared(ISymbol symbol) =>
        ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition;

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        IEventSymbol { OverriddenEvent: { } happening } => happening,
        IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.BaseType: { } parent } constructor =>
            parent.InstanceConstructors.FirstOrDefault(one => one.Parameters.Select(parameter => parameter.Type)
                .SequenceEqual(constructor.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default)),
        INamedTypeSymbol type =>
            type.BaseType is { SpecialType: SpecialType.None } parent ? parent : type.Interfaces.FirstOrDefault(),
        { ContainingType: { } type } => type.AllInterfaces.SelectMany(one => one.GetMembers(symbol.Name))
            .FirstOrDefault(member => Same(type.FindImplementationForInterfaceMember(member), symbol)),
        _ => null,
    };

    private XElement? Own(ISymbol symbol)
    {
        if (symbol.GetDocumentationCommentId() is not { } id)
        {
            return null;
        }

        if (symbol.Locations.Any(place => place.IsInSource))
        {
            return Parse(symbol.GetDocumentationCommentXml());
        }

        var library = symbol.ContainingAssembly is { } assembly
            ? (cell.Compilation.GetMetadataReference(assembly) as PortableExecutableReference)?.FilePath : null;
        return library == null ? null : DocumentationFiles.Find(symbol, id, library);
    }

    private static XElement? Parse(string? xml)
    {
        try
        {
            return string.IsNullOrEmpty(xml) ? null : XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
