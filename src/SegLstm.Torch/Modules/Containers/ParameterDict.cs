using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Parameters by name, in the order in which they were added.</summary>
public class ParameterDict : Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    private readonly OrderedDictionary<string, Parameter> _entries = new();

    /// <summary>An empty dictionary.</summary>
    public ParameterDict() : base(nameof(ParameterDict))
    {
    }

    internal ParameterDict((string, Parameter)[] parameters) : this()
    {
        foreach (var (key, parameter) in parameters) Add(key, parameter);
    }

    /// <inheritdoc/>
    public Parameter this[string key]
    {
        get => _entries[key];
        set => Change(() => _entries[key] = value);
    }

    /// <inheritdoc/>
    public (string, Parameter) this[int index]
    {
        get => (_entries.GetAt(index).Key, _entries.GetAt(index).Value);
        set => Change(() => _entries.SetAt(index, value.Item1, value.Item2));
    }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => _entries.Keys;

    /// <inheritdoc/>
    public ICollection<Parameter> Values => _entries.Values;

    /// <summary>Does nothing: parameters are registered as they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>The names and parameters, in order.</summary>
    public IEnumerator<(string, Parameter)> items() => GetEnumerator();

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> keys() => _entries.Keys;

    /// <summary>The parameters, in order.</summary>
    public IEnumerable<Parameter> values() => _entries.Values;

    /// <inheritdoc/>
    public void Add(string key, Parameter value) => Change(() => _entries.Add(key, value));

    /// <inheritdoc/>
    public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

    /// <summary>Removes all parameters.</summary>
    public void clear() => Change(_entries.Clear);

    /// <inheritdoc cref="clear"/>
    public void Clear() => clear();

    /// <inheritdoc/>
    public bool Contains((string, Parameter) item) => _entries.TryGetValue(item.Item1, out var entry) && ReferenceEquals(entry, item.Item2);

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo((string, Parameter)[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex)
        => ((ICollection<KeyValuePair<string, Parameter>>)_entries).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<(string, Parameter)> GetEnumerator() => _entries.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf((string, Parameter) item) => Contains(item) ? _entries.IndexOf(item.Item1) : -1;

    /// <inheritdoc/>
    public void Insert(int index, (string, Parameter) item) => Change(() => _entries.Insert(index, item.Item1, item.Item2));

    /// <inheritdoc/>
    public bool Remove(string key)
    {
        var found = _entries.ContainsKey(key);
        if (found) Change(() => _entries.Remove(key));
        return found;
    }

    /// <inheritdoc/>
    public bool Remove((string, Parameter) item) => Contains(item) && Remove(item.Item1);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));

    /// <inheritdoc/>
    public void RemoveAt(int index) => Change(() => _entries.RemoveAt(index));

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => _entries.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Change(Action change)
    {
        var before = _entries.Keys.ToArray();
        change();
        foreach (var key in before) ConditionallyRegisterParameter(key, null);
        foreach (var (key, parameter) in _entries) register_parameter(key, parameter);
    }
}
