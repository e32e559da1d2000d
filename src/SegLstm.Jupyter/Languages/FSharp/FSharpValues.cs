using FSharp.Compiler.Interactive;

namespace SegLstm.Jupyter.Languages.FSharp;

/// <summary>Takes values of other languages into F#, by reference.</summary>
internal static class FSharpValues
{
    /// <summary>
    /// Declares a value with the type it has. Types that F# code cannot name leave it the declared type, or `obj`.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that it was declared with.</param>
    /// <returns>The name of the type that it got.</returns>
    public static string Bind(Shell.FsiEvaluationSession session, string name, object? value, Type type)
    {
        if (value is not null && FSharpNames.OfType(value.GetType()) is { } own)
        {
            Declare(session, name, value, own, value.GetType());
            return own;
        }

        if (FSharpNames.OfType(type) is { } declared)
        {
            Declare(session, name, value, declared, type);
            return declared;
        }

        Declare(session, name, value, "obj", typeof(object));
        Console.Error.WriteLine(
            $"{name} is an obj here: its type {type.Name} is declared in a cell or not public, and F# cannot name it");
        return "obj";
    }

    private static void Declare(Shell.FsiEvaluationSession session, string name, object? value, string typeName, Type type)
    {
        foreach (var assembly in Assemblies(type).Distinct())
        {
            session.EvalInteraction($"#r @\"{assembly}\"", "share.fsx", null);
        }

        SharedValue.Value = value;
        var taken = value is null ? $"Unchecked.defaultof<{typeName}>"
            : $"unbox<{typeName}> SegLstm.Jupyter.Languages.FSharp.SharedValue.Value";
        try
        {
            session.EvalInteraction($"let {name} : {typeName} = {taken}", "share.fsx", null);
        }
        finally
        {
            SharedValue.Value = null;
        }
    }

    // What the framework and the session itself bring is referenced already.
    private static IEnumerable<string> Assemblies(Type type)
    {
        if (type.HasElementType)
        {
            return Assemblies(type.GetElementType()!);
        }

        var own = type.Assembly.Location;
        var isKnown = own == ""
            || own.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal);
        return type.GetGenericArguments().SelectMany(Assemblies).Concat(isKnown ? [] : [own]);
    }
}
