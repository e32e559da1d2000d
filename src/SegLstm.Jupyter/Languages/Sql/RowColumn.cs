using System.Collections;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>A column of a collection that becomes a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SqlType">Its type in the database.</param>
/// <param name="Append">Puts a value into a row of the database.</param>
internal sealed record RowColumn(string Name, string SqlType, Action<IDuckDBAppenderRow, object> Append)
{
    private static readonly Dictionary<Type, (string SqlType, Action<IDuckDBAppenderRow, object> Append)> Scalars = new()
    {
        [typeof(bool)] = ("BOOLEAN", (row, value) => row.AppendValue((bool)value)),
        [typeof(sbyte)] = ("TINYINT", (row, value) => row.AppendValue((sbyte)value)),
        [typeof(short)] = ("SMALLINT", (row, value) => row.AppendValue((short)value)),
        [typeof(int)] = ("INTEGER", (row, value) => row.AppendValue((int)value)),
        [typeof(long)] = ("BIGINT", (row, value) => row.AppendValue(Convert.ToInt64(value, CultureInfo.InvariantCulture))),
        [typeof(byte)] = ("UTINYINT", (row, value) => row.AppendValue((byte)value)),
        [typeof(ushort)] = ("USMALLINT", (row, value) => row.AppendValue((ushort)value)),
        [typeof(uint)] = ("UINTEGER", (row, value) => row.AppendValue((uint)value)),
        [typeof(ulong)] = ("UBIGINT", (row, value) => row.AppendValue((ulong)value)),
        [typeof(BigInteger)] = ("HUGEINT", (row, value) => row.AppendValue((BigInteger)value)),
        [typeof(Half)] = ("FLOAT", (row, value) => row.AppendValue((float)(Half)value)),
        [typeof(float)] = ("FLOAT", (row, value) => row.AppendValue((float)value)),
        [typeof(double)] = ("DOUBLE", (row, value) => row.AppendValue(Convert.ToDouble(value, CultureInfo.InvariantCulture))),
        [typeof(string)] = ("VARCHAR", (row, value) => row.AppendValue(Convert.ToString(value, CultureInfo.InvariantCulture))),
        [typeof(char)] = ("VARCHAR", (row, value) => row.AppendValue(value.ToString())),
        [typeof(DateTime)] = ("TIMESTAMP", (row, value) => row.AppendValue((DateTime)value)),
        [typeof(DateTimeOffset)] = ("TIMESTAMPTZ", (row, value) => row.AppendValue((DateTimeOffset)value)),
        [typeof(DateOnly)] = ("DATE", (row, value) => row.AppendValue((DuckDB.NET.Native.DuckDBDateOnly)(DateOnly)value)),
        [typeof(TimeOnly)] = ("TIME", (row, value) => row.AppendValue((DuckDB.NET.Native.DuckDBTimeOnly)(TimeOnly)value)),
        [typeof(TimeSpan)] = ("INTERVAL", (row, value) => row.AppendValue((TimeSpan)value)),
        [typeof(Guid)] = ("UUID", (row, value) => row.AppendValue((Guid)value)),
        [typeof(byte[])] = ("BLOB", (row, value) => row.AppendValue((byte[])value)),
        [typeof(decimal)] = ("DECIMAL", (row, value) => row.AppendValue((decimal)value)),
    };

    /// <summary>Whether values of this type are one column, not several.</summary>
    public static bool IsScalar(Type type) =>
        Scalars.ContainsKey(Nullable.GetUnderlyingType(type) ?? type) || (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    /// <summary>A column for values of a type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type that its values have in .NET. What the database has no type for becomes text.</param>
    /// <param name="values">All values: decimal numbers need as many places as the longest of them.</param>
    public static RowColumn Of(string name, Type type, IEnumerable<object?> values)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(decimal))
        {
            var scale = values.OfType<decimal>().Select(value => (int)value.Scale).DefaultIfEmpty(0).Max();
            return new RowColumn(name, $"DECIMAL(38, {scale})", Scalars[type].Append);
        }

        if (Scalars.TryGetValue(type, out var scalar))
        {
            return new RowColumn(name, scalar.SqlType, scalar.Append);
        }

        return ListElement(type) switch
        {
            { } element when element == typeof(int) => List<int>(name, "INTEGER"),
            { } element when element == typeof(long) => List<long>(name, "BIGINT"),
            { } element when element == typeof(float) => List<float>(name, "FLOAT"),
            { } element when element == typeof(double) => List<double>(name, "DOUBLE"),
            { } element when element == typeof(bool) => List<bool>(name, "BOOLEAN"),
            { } element when element == typeof(string) => List<string>(name, "VARCHAR"),
            _ => new RowColumn(name, "VARCHAR", (row, value) =>
                row.AppendValue(Convert.ToString(value, CultureInfo.InvariantCulture))),
        };
    }

    private static RowColumn List<T>(string name, string element) =>
        new(name, element + "[]", (row, value) => row.AppendValue((IEnumerable<T>)value));

    private static Type? ListElement(Type type) => typeof(IEnumerable).IsAssignableFrom(type)
        ? type.GetInterfaces().Prepend(type)
            .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0]
        : null;
}
