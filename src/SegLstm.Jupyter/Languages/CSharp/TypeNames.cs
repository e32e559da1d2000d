namespace SegLstm.Jupyter.Languages.CSharp;

/// <summary>Writes types as C# does.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(char)] = "char",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(string)] = "string",
        [typeof(object)] = "object", [typeof(void)] = "void", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>For a person: without namespaces.</summary>
    public static string Short(Type type) => Write(type, name => name.Name.Split('`')[0]);

    /// <summary>
    /// For the compiler: with its namespace, or with the name that finds a type of an earlier cell. Null where no name
    /// reaches the type: it is anonymous, not public, made by a compiler, or of another language's cell.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="submission">The simple name of a type of a cell, null where a later one hides it.</param>
    public static string? Full(Type type, Func<Type, string?> submission)
    {
        var reachable = true;
        var text = Write(type, part =>
        {
            if (part.DeclaringType is { DeclaringType: null } outer &&
                outer.Name.StartsWith("Submission", StringComparison.Ordinal))
            {
                var name = submission(part);
                reachable &= name != null;
                return name ?? "";
            }

            // The compiler sees files; what another language made in memory it does not.
            reachable &= (part.IsPublic || part.IsNestedPublic) && !part.Name.Contains('<') && part.Assembly.Location.Length > 0;
            var simple = "@" + part.Name.Split('`')[0];
            return part.DeclaringType != null ? simple : "global::" + (part.Namespace is { } space ? space + "." : "") + simple;
        }, qualified: true);
        return reachable ? text : null;
    }

    private static string Write(Type type, Func<Type, string> name, bool qualified = false)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsByRef || type.IsPointer || type.IsArray)
        {
            var element = type.GetElementType()!;
            if (!type.IsArray)
            {
                return Write(element, name, qualified) + (type.IsPointer ? "*" : "&");
            }

            // The rank that is written first is the outermost.
            var ranks = "";
            for (Type? array = type; array is { IsArray: true }; array = array.GetElementType())
            {
                ranks += "[" + new string(',', array.GetArrayRank() - 1) + "]";
                element = array.GetElementType()!;
            }

            return Write(element, name, qualified) + ranks;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Write(value, name, qualified) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        // A nested generic type lists the arguments of the types around it first.
        var chain = new List<Type>();
        for (var part = type; part != null; part = part.DeclaringType)
        {
            chain.Insert(0, part);
        }

        var arguments = type.GetGenericArguments();
        var text = "";
        var used = 0;
        var parts = qualified
            ? chain.SkipWhile(part => part.DeclaringType == null && part.Name.StartsWith("Submission", StringComparison.Ordinal))
            : chain.TakeLast(1);
        foreach (var part in parts)
        {
            var count = part.GetGenericArguments().Length;
            text += (text.Length == 0 ? "" : ".") + name(part);
            if (count > used)
            {
                var written = arguments[used..count].Select(argument => Write(argument, name, qualified));
                text += "<" + string.Join(", ", written) + ">";
                used = count;
            }
        }

        return text;
    }
}
