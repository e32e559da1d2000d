using System.Collections.Concurrent;
using System.Reflection;

namespace SegLstm.Experiments.Records;

/// <summary>What a record consists of, found by reflection once a type.</summary>
internal sealed class RecordShape
{
    private const string CloneMethod = "<Clone>$";

    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private readonly Type _type;
    private readonly ConstructorInfo _constructor;

    private RecordShape(Type type)
    {
        if (!IsRecord(type)) throw new NotSupportedException($"{type} is no record.");
        _type = type;
        _constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        Fields = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property is { CanRead: true, SetMethod.IsPublic: true })
            .OrderBy(property => property.MetadataToken).Select(property => new RecordField(property))];
    }

    /// <summary>The properties that can be set, in the order of the source.</summary>
    public IReadOnlyList<RecordField> Fields { get; }

    /// <summary>The shape of a record type.</summary>
    /// <exception cref="NotSupportedException">It is no record, or a property has a type that records do not.</exception>
    public static RecordShape Of(Type type) => Known.GetOrAdd(type, static key => new RecordShape(key));

    /// <summary>Whether a type is a record.</summary>
    public static bool IsRecord(Type type) => type.IsClass && type.GetMethod(CloneMethod) is not null;

    /// <summary>A copy whose properties can be set without anybody noticing.</summary>
    public object Copy(object record) => _type.GetMethod(CloneMethod)!.Invoke(record, null)!;

    /// <summary>A record with its defaults.</summary>
    /// <param name="missing">The fields that have none and hold nothing of use yet.</param>
    public object New(out IReadOnlyList<RecordField> missing)
    {
        ParameterInfo[] parameters = _constructor.GetParameters();
        string[] bare = [.. parameters.Where(p => !p.HasDefaultValue).Select(p => p.Name!)];
        missing = [.. Fields.Where(field => field.IsRequired || bare.Contains(field.PropertyName))];
        return _constructor.Invoke([.. parameters.Select(p => p.HasDefaultValue ? p.DefaultValue
            : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
    }

    /// <summary>What the record's own <c>Validate()</c> says; nothing where it has none.</summary>
    public IEnumerable<string> Validate(object record) =>
        _type.GetMethod("Validate", Type.EmptyTypes)?.Invoke(record, null) as IEnumerable<string> ?? [];

    /// <summary>The field of a key; null where there is none.</summary>
    public RecordField? Find(string key) => Fields.FirstOrDefault(field => field.Name == key);

    /// <summary>The paths of all values below, such as "schedule.iterations".</summary>
    public IEnumerable<string> Paths() => Fields.SelectMany(field => IsRecord(field.Type)
        ? Of(field.Type).Paths().Select(path => $"{field.Name}.{path}").Prepend(field.Name)
        : [field.Name]);
}
