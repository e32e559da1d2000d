using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>Symbols in C# notation, and in the words of Jupyter front ends.</summary>
internal static class SymbolText
{
    private const SymbolDisplayGenericsOptions Generics = SymbolDisplayGenericsOptions.IncludeTypeParameters
        | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance;

    private static readonly SymbolDisplayFormat Short = Format(
        SymbolDisplayTypeQualificationStyle.NameOnly,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.None);

    private static readonly SymbolDisplayFormat OfCell = Format(
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypes, Generics, SymbolDisplayMemberOptions.None);

    private static readonly SymbolDisplayFormat InType =
        OfCell.AddMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType);

    private static readonly SymbolDisplayFormat OfType = Format(
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces, Generics, SymbolDisplayMemberOptions.None);

    /// <summary>The name as it is written: `@class` for a name that is a keyword.</summary>
    public static string Name(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    /// <summary>What it is, in the words of Jupyter front ends.</summary>
    public static string Kind(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "module",
        IMethodSymbol => "function",
        IPropertySymbol => "property",
        IEventSymbol => "event",
        INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
        INamedTypeSymbol { TypeKind: TypeKind.Struct } => "struct",
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => "enum",
        ITypeSymbol => "class",
        _ => "instance",
    };

    /// <summary>Whether its author means it to be seen in lists.</summary>
    public static bool IsBrowsable(ISymbol symbol) => !symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "EditorBrowsableAttribute" && attribute.ConstructorArguments is [{ Value: 1 }]);

    /// <summary>One line without the type that has it.</summary>
    public static string Signature(ISymbol symbol) =>
        symbol is INamespaceSymbol ? "namespace " + symbol.ToDisplayString() : symbol.ToDisplayString(Short);

    /// <summary>One line with all that the declaration says.</summary>
    public static string Declaration(ISymbol symbol) => symbol switch
    {
        INamespaceSymbol => "namespace " + symbol.ToDisplayString(),
        ITypeParameterSymbol => "type parameter " + symbol.Name,
        INamedTypeSymbol { SpecialType: not SpecialType.None, IsGenericType: false } =>
            symbol.ToDisplayString(OfType.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)),
        ITypeSymbol => symbol.ToDisplayString(OfType),
        ILocalSymbol => "(local) " + symbol.ToDisplayString(OfCell),
        IParameterSymbol => "(parameter) " + symbol.ToDisplayString(OfCell),
        IRangeVariableSymbol => "(range variable) " + symbol.Name,
        IMethodSymbol { MethodKind: MethodKind.ReducedExtension } => "(extension) " + symbol.ToDisplayString(InType),
        _ => symbol.ToDisplayString(symbol.ContainingType is { IsScriptClass: true } or null ? OfCell : InType),
    };

    /// <summary>The parts of <see cref="Declaration"/>, to mark parameters in them.</summary>
    public static IEnumerable<SymbolDisplayPart> Parts(ISymbol symbol) =>
        symbol.ToDisplayParts(symbol.ContainingType is { IsScriptClass: true } ? OfCell : InType);

    private static SymbolDisplayFormat Format(
        SymbolDisplayTypeQualificationStyle types, SymbolDisplayGenericsOptions generics, SymbolDisplayMemberOptions members) =>
        new(
            SymbolDisplayGlobalNamespaceStyle.Omitted,
            types,
            generics,
            members | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
                | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue,
            SymbolDisplayDelegateStyle.NameAndSignature,
            SymbolDisplayExtensionMethodStyle.InstanceMethod,
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
                | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue,
            SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
            SymbolDisplayLocalOptions.IncludeType | SymbolDisplayLocalOptions.IncludeConstantValue
                | SymbolDisplayLocalOptions.IncludeRef,
            SymbolDisplayKindOptions.IncludeTypeKeyword,
            SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
                | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
                | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);
}
