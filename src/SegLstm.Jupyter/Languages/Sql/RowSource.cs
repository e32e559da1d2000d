using System.Collections;
using System.Data;
using System.Reflection;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>A collection as rows of typed columns.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The values of each row, null for NULL.</param>
internal sealed record RowSource(IReadOnlyList<RowColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Whether a value can be read as rows: a DataTable, or a sequence.</summary>
    public static bool IsTabular(object? value) => value is DataTable or IEnumerable and not string;

    /// <summary>Whether a value is a table without being asked to be one: a DataTable, or a collection of records.</summary>
    public static bool IsTable(object? value)
    {
        if (value is DataTable)
        {
            return true;
        }

        // Only collections: a query would be computed, and may have no end.
        return value is ICollection or IReadOnlyCollection<object> && ElementType(value.GetType()) is { } type
            && (IsDictionary(type)
                || (!RowColumn.IsScalar(type) && Members(type).Count > 0 && !typeof(IEnumerable).IsAssignableFrom(type)));
    }

    /// <summary>The rows of a value that <see cref="IsTabular"/>.</summary>
    public static RowSource Of(object value)
    {
        if (value is DataTable table)
        {
            return Build(
                [.. table.Columns.Cast<DataColumn>().Select(column => (column.ColumnName, column.DataType))],
                [.. table.Rows.Cast<DataRow>()
                    .Select(row => row.ItemArray.Select(cell => cell is DBNull ? null : cell).ToArray())]);
        }

        var items = ((IEnumerable)value).Cast<object?>().ToList();
        var type = ElementType(value.GetType());
        if (type is null || type == typeof(object) || type.IsInterface || type.IsAbstract)
        {
            type = items.FirstOrDefault(item => item is not null)?.GetType() ?? type ?? typeof(object);
        }

        if (IsDictionary(type))
        {
            return Dictionaries(items);
        }

        if (RowColumn.IsScalar(type) || Members(type) is not { Count: > 0 } members)
        {
            return Build([("value", type)], [.. items.Select(item => new[] { item })]);
        }

        return Build(
            [.. members.Select(member =>
                (member.Name, member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType))],
            [.. items.Select(item => members.Select(member => item is null ? null
                : member is PropertyInfo property ? property.GetValue(item) : ((FieldInfo)member).GetValue(item)).ToArray())]);
    }

    private static RowSource Dictionaries(List<object?> items)
    {
        var rows = items.Select(item => Entries(item).ToDictionary(entry => entry.Key, entry => entry.Value)).ToList();
        var names = rows.SelectMany(row => row.Keys).Distinct().ToList();
        return Build(
            [.. names.Select(name => (name, CommonType(rows.Select(row => row.GetValueOrDefault(name)))))],
            [.. rows.Select(row => names.Select(name => row.GetValueOrDefault(name)).ToArray())]);
    }

    private static IEnumerable<(string Key, object? Value)> Entries(object? item)
    {
        if (item is null)
        {
            yield break;
        }

        // Dictionaries of any value type enumerate as pairs.
        foreach (var pair in (IEnumerable)item)
        {
            var type = pair!.GetType();
            yield return ((string)type.GetProperty("Key")!.GetValue(pair)!, type.GetProperty("Value")!.GetValue(pair));
        }
    }

    private static Type CommonType(IEnumerable<object?> values)
    {
        var types = values.Where(value => value is not null and not DBNull).Select(value => value!.GetType()).Distinct().ToList();
        return types switch
        {
            [] => typeof(string),
            [var one] => one,
            _ when types.All(type => type == typeof(int) || type == typeof(long)) => typeof(long),
            _ when types.All(type => type.IsPrimitive && type != typeof(bool) && type != typeof(char)) => typeof(double),
            _ => typeof(string),
        };
    }

    private static RowSource Build(IReadOnlyList<(string Name, Type Type)> columns, IReadOnlyList<object?[]> rows)
    {
        // Names differ by more than case in a database.
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = columns.Select((column, i) =>
        {
            var name = column.Name;
            for (var n = 1; !used.Add(name); n++)
            {
                name = $"{column.Name}_{n}";
            }

            return RowColumn.Of(name, column.Type, rows.Select(row => row[i]));
        });
        return new RowSource([.. named], rows);
    }

    private static Type? ElementType(Type type) => type.GetInterfaces().Prepend(type)
        .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        ?.GetGenericArguments()[0];

    private static bool IsDictionary(Type type) => type.GetInterfaces().Prepend(type).Any(candidate => candidate.IsGenericType
        && (candidate.GetGenericTypeDefinition() == typeof(IDictionary<,>)
            || candidate.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        && candidate.GetGenericArguments()[0] == typeof(string));

    private static IReadOnlyList<MemberInfo> Members(Type type)
    {
        IEnumerable<MemberInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters() is [] && !property.PropertyType.IsByRefLike
                && property.Name != "EqualityContract");

        // Tuples of C# have fields.
        return type.IsValueType ? [.. properties.Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance))]
            : [.. properties];
    }
}
