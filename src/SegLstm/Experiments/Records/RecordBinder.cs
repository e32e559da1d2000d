using SegLstm.Models;

namespace SegLstm.Experiments.Records;

/// <summary>
/// Puts the values of a text on a record, layer upon layer, and collects everything that is wrong: what is not given keeps its
/// value.
/// </summary>
internal sealed class RecordBinder
{
    private const int MostProblems = 20;

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _faulty = [];
    private readonly Dictionary<string, string> _given = [];
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>A record of a type with its defaults; what has none must be given in a layer.</summary>
    public object Start(Type type, string path = "")
    {
        object record = RecordShape.Of(type).New(out IReadOnlyList<RecordField> missing);
        _missing.UnionWith(missing.Select(field => Join(path, field.Name)));
        return record;
    }

    /// <summary>A copy of a record with the values of a text.</summary>
    public object Bind(object record, MapNode node, string path = "")
    {
        RecordShape shape = RecordShape.Of(record.GetType());
        object bound = shape.Copy(record);
        foreach (MapEntry entry in node.Entries)
        {
            if (shape.Find(entry.Key) is { } field) Set(bound, field, entry, Join(path, field.Name));
            else _problems.Add($"{entry.Place}: there is no '{Join(path, entry.Key)}'{Near(entry.Key, shape, path)}.");
        }

        return bound;
    }

    /// <summary>Ends with everything that was wrong, the record's own complaints included.</summary>
    /// <param name="record">The record after its last layer.</param>
    /// <param name="source">What to name as the place of values that are not given anywhere.</param>
    /// <exception cref="RecordException">Something was.</exception>
    public void Finish(object record, string source)
    {
        foreach (string path in _missing) _problems.Add($"{source}: '{path}' is missing.");
        Complain(record, "", source);
        if (_problems.Count == 0) return;
        int more = _problems.Count - MostProblems;
        throw new RecordException([.. _problems.Take(MostProblems), .. more > 0 ? [$"and {more} more."] : Array.Empty<string>()]);
    }

    private void Set(object record, RecordField field, MapEntry entry, string path)
    {
        int before = _problems.Count;
        object? value = Value(field, field.Get(record), entry.Value, path);
        _missing.Remove(path);
        if (_problems.Count > before && value is null) return;
        _given[path] = entry.Place;
        field.Set(record, value);
    }

    private object? Value(RecordField field, object? present, RecordNode node, string path)
    {
        if (node is ScalarNode { IsNull: true } && field.IsNullable) return null;
        if (field.Item is not { } item) return Single(field.Type, present, node, path);
        if (node is not ListNode list) return Wrong(node, path, Expected(field.Type, item));
        int before = _problems.Count;
        Array values = Array.CreateInstance(item, list.Items.Count);
        for (int i = 0; i < values.Length; i++)
        {
            if (Single(item, null, list.Items[i], $"{path}[{i}]") is { } value) values.SetValue(value, i);
        }

        return _problems.Count > before ? null : values;
    }

    private object? Single(Type type, object? present, RecordNode node, string path)
    {
        if (RecordShape.IsRecord(type))
        {
            return node is MapNode map ? Bind(present ?? Start(type, path), map, path) : Wrong(node, path, Expected(type, null));
        }

        // An empty text is written "": a bare key is a value forgotten.
        object? value = node is ScalarNode { IsNull: false } scalar ? RecordScalars.Parse(scalar, type) : null;
        return value ?? Wrong(node, path, Expected(type, null));
    }

    private object? Wrong(RecordNode node, string path, string expected)
    {
        _problems.Add($"{node.Place}: {path}: expected {expected}, got {node.Words}.");
        _faulty.Add(path);
        return null;
    }

    // A record says what is wrong with its parts too; each fault is told once, with the part that it is about. What a record says
    // of which a value could not be read is not told: it would complain about what nobody wrote.
    private HashSet<string> Complain(object record, string path, string source)
    {
        RecordShape shape = RecordShape.Of(record.GetType());
        var below = new HashSet<string>();
        bool readable = true;
        foreach (RecordField field in shape.Fields)
        {
            string at = Join(path, field.Name);
            readable &= !_faulty.Any(p => p == at || p.StartsWith(at + "[", StringComparison.Ordinal));
            if (RecordShape.IsRecord(field.Type) && field.Get(record) is { } part) below.UnionWith(Complain(part, at, source));
        }

        // Without a value that it cannot do without a record cannot even be asked.
        if (_missing.Any(p => path.Length == 0 || p.StartsWith(path + ".", StringComparison.Ordinal))) return below;
        foreach (string fault in shape.Validate(record))
        {
            if (below.Add(fault) && readable) _problems.Add(Placed(fault, shape, path, source));
        }

        return below;
    }

    // Faults begin with the property's name, or with the path to that of a part: by it the line is found that gave the value.
    private string Placed(string fault, RecordShape shape, string path, string source)
    {
        string at = path;
        foreach (string name in fault.Split(' ')[0].Split('.'))
        {
            if (shape.Fields.FirstOrDefault(field => field.PropertyName == name) is not { } named) break;
            at = Join(at, named.Name);
            if (!RecordShape.IsRecord(named.Type)) break;
            shape = RecordShape.Of(named.Type);
        }

        string place = _given.GetValueOrDefault(at) ?? source;
        return $"{place}: {(at.Length > 0 ? at + ": " : "")}{fault}";
    }

    private static string Near(string key, RecordShape shape, string path)
    {
        int reach = Math.Max(2, key.Length / 3);
        string? near = shape.Fields.Select(field => field.Name)
            .Where(name => Catalog.Edits(key.ToLowerInvariant(), name) <= reach)
            .OrderBy(name => Catalog.Edits(key.ToLowerInvariant(), name)).FirstOrDefault();
        near ??= shape.Paths().Where(other => other.EndsWith("." + key, StringComparison.Ordinal)).MinBy(other => other.Length);
        return near is not null
            ? $" (did you mean '{Join(path, near)}'?)"
            : $"; there are {string.Join(", ", shape.Fields.Select(field => field.Name))}";
    }

    private static string Expected(Type type, Type? item) => item is not null
        ? $"a list, each {Expected(item, null)}"
        : RecordShape.IsRecord(type) ? $"a mapping with {string.Join(", ", RecordShape.Of(type).Fields.Select(f => f.Name))}"
        : RecordScalars.Expected(type);

    private static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
}
