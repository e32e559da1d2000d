using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SegLstm.Jupyter.Notebooks.Parameters;

/// <summary>The type that `var` stands for, where the value alone tells.</summary>
internal static class LiteralType
{
    /// <summary>The type as C# writes it; null where it cannot be seen without compiling.</summary>
    public static string? Of(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal => OfLiteral(literal),
        InterpolatedStringExpressionSyntax => "string",
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        CastExpressionSyntax cast => cast.Type.ToString(),
        PrefixUnaryExpressionSyntax sign when sign.OperatorToken.Text is "-" or "+" => Of(sign.Operand),
        ArrayCreationExpressionSyntax { Type.RankSpecifiers.Count: 1 } array => array.Type.ElementType + "[]",
        ImplicitArrayCreationExpressionSyntax array => OfElements(array.Initializer.Expressions),
        _ => null,
    };

    private static string? OfElements(IEnumerable<ExpressionSyntax> elements)
    {
        string?[] types = [.. elements.Select(Of).Distinct()];
        return types switch
        {
            [{ } type] => type + "[]",
            // The only mixture of literals that has a best type and is common.
            [_, _] when types.All(type => type is "int" or "double") => "double[]",
            _ => null,
        };
    }

    private static string? OfLiteral(LiteralExpressionSyntax literal) => literal.Token.Value switch
    {
        int => "int",
        uint => "uint",
        long => "long",
        ulong => "ulong",
        float => "float",
        double => "double",
        decimal => "decimal",
        string => "string",
        char => "char",
        bool => "bool",
        _ => null,
    };
}
