using System.Reflection;
using System.Runtime.CompilerServices;

namespace SegLstm.Jupyter.Languages.CSharp.Errors;

/// <summary>Names methods in traces as they are written, where the compiler has renamed them.</summary>
internal static class FrameNames
{
    /// <summary>A method's name and parameters; empty for the top level of a cell.</summary>
    public static string Name(MethodBase method)
    {
        var type = method.DeclaringType;
        var name = method.Name;

        // The body of an asynchronous method or iterator is the MoveNext of a class named after it.
        if (name == "MoveNext" && type?.Name is ['<', ..] machine)
        {
            name = machine[..(machine.LastIndexOf('>') + 1)];
            type = type.DeclaringType;
        }

        if (name.Contains("<Initialize>") && !name.Contains("b__"))
        {
            return "";
        }

        if (name.Contains("g__"))
        {
            name = name[(name.IndexOf("g__", StringComparison.Ordinal) + 3)..].Split('|')[0];
        }
        else if (name.Contains("b__"))
        {
            return "a lambda";
        }
        else if (name is ['<', .., '>'])
        {
            name = name.Trim('<', '>');
        }

        while (type != null && (type.Name.StartsWith('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), false)))
        {
            type = type.DeclaringType;
        }

        var owner = type == null || type.Name.StartsWith("Submission", StringComparison.Ordinal) ? "" : type.Name.Split('`')[0];
        name = name switch
        {
            ".ctor" => $"new {owner}",
            _ when name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) =>
                Qualified(owner, name[4..]),
            _ => Qualified(owner, name),
        };
        var parameters = method.Name == "MoveNext" ? "…" : string.Join(", ", method.GetParameters().Select(Parameter));
        return $"{name}({parameters})";
    }

    private static string Qualified(string owner, string name) => owner.Length == 0 ? name : $"{owner}.{name}";

    private static string Parameter(ParameterInfo parameter) => $"{TypeNames.Short(parameter.ParameterType)} {parameter.Name}";
}
