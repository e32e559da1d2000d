using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SegLstm.Experiments.Records;

/// <summary>A property of a record as a text names it.</summary>
internal sealed class RecordField
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly PropertyInfo _property;

    /// <summary>Reads what the property can hold.</summary>
    /// <exception cref="NotSupportedException">It is of a type that records do not have.</exception>
    public RecordField(PropertyInfo property)
    {
        _property = property;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        lock (Nullability) IsNullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        bool isList = Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        Item = isList ? Type.GetGenericArguments()[0] : null;
        if (!RecordScalars.Holds(Item ?? Type) && !RecordShape.IsRecord(Item ?? Type))
        {
            throw new NotSupportedException(
                $"{property.DeclaringType!.Name}.{property.Name} is of type {property.PropertyType}: records hold text, numbers, "
                    + "truth values, enumerations, records, and IReadOnlyList of these.");
        }
    }

    /// <summary>Its key, in snake_case as in the other files of a run.</summary>
    public string Name { get; }

    /// <summary>Its name in C#.</summary>
    public string PropertyName => _property.Name;

    /// <summary>Its type; of a nullable number that of the number.</summary>
    public Type Type { get; }

    /// <summary>The type of a list's items; null where it is no list.</summary>
    public Type? Item { get; }

    /// <summary>Whether there may be no value.</summary>
    public bool IsNullable { get; }

    /// <summary>Whether it has to be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Its value.</summary>
    public object? Get(object record) => _property.GetValue(record);

    /// <summary>Sets it on a record that nobody else has seen yet.</summary>
    public void Set(object record, object? value) => _property.SetValue(record, value);
}
