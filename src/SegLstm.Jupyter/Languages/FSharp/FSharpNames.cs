using FSharp.Compiler.Syntax;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Names as F# writes them.</summary>
internal static class FSharpNames
{
    /// <summary>Whether a text can name a value.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_')
            && text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '\'')
        && PrettyNaming.NormalizeIdentifierBackticks(text) == text;

    /// <summary>A type as F# code; null where code cannot name it.</summary>
    public static string? OfType(Type type)
    {
        if (!type.IsVisible || type.IsPointer || type.IsByRefLike || type.IsGenericParameter
            || string.IsNullOrEmpty(type.Assembly.Location))
        {
            return null;
        }

        if (type.IsArray)
        {
            return OfType(type.GetElementType()!) is { } element ? $"({element})[{new string(',', type.GetArrayRank() - 1)}]"
                : null;
        }

        // The arguments of nested generic types belong to the outer ones too: such types keep no name here.
        if (type.IsGenericType && type.IsNested)
        {
            return null;
        }

        var name = $"global.{type.FullName!.Split('[')[0].Split('`')[0].Replace('+', '.')}";
        var arguments = type.GetGenericArguments().Select(OfType).ToList();
        return arguments.Contains(null) ? null : arguments is [] ? name : $"{name}<{string.Join(", ", arguments)}>";
    }
}
