using System.Collections;
using SegLstm.Jupyter.Display;

namespace SegLstm.Jupyter.Languages.CSharp.Assistance;

/// <summary>The value of a variable in a few lines.</summary>
internal static class VariableText
{
    private const int LineLimit = 8;
    private const int WidthLimit = 120;

    /// <summary>The lines. Nothing is computed that was not: a query is only named.</summary>
    public static IReadOnlyList<string> Lines(Variable variable)
    {
        if (variable.Value is IEnumerable sequence and not string && !IsCollection(sequence.GetType()))
        {
            return [$"a sequence that is computed when it is read ({variable.Value.GetType().Name})"];
        }

        string text;
        try
        {
            text = variable.Value is string words ? $"\"{words}\"" : ValueFormatter.Form(variable.Value, "text/plain");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return [$"cannot be shown: {error.GetType().Name}: {error.Message}"];
        }

        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var shown = lines.Take(LineLimit).Select(line => line.Length <= WidthLimit ? line : line[..WidthLimit] + " …").ToList();
        return lines.Count <= LineLimit ? shown : [.. shown, $"… and {lines.Count - LineLimit} more lines"];
    }

    private static bool IsCollection(Type type) =>
        typeof(ICollection).IsAssignableFrom(type) || type.GetInterfaces().Where(one => one.IsGenericType)
            .Select(one => one.GetGenericTypeDefinition())
            .Any(one => one == typeof(ICollection<>) || one == typeof(IReadOnlyCollection<>));
}
