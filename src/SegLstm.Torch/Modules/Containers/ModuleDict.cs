using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they were added.</summary>
/// <typeparam name="T">The type of the modules.</typeparam>
public class ModuleDict<T> : Module, IDictionary<string, T>, IList<(string, T)> where T : Module
{
    private readonly OrderedDictionary<string, T> _modules = new();
    private bool _registered;

    /// <summary>An empty dictionary.</summary>
    public ModuleDict() : base(nameof(ModuleDict))
    {
    }

    internal ModuleDict((string, T)[] modules) : this()
    {
        foreach (var (key, module) in modules) _modules.Add(key, module);
    }

    /// <inheritdoc/>
    public T this[string key]
    {
        get => _modules[key];
        set => Change(() => _modules[key] = value);
    }

    /// <inheritdoc/>
    public (string, T) this[int index]
    {
        get => (_modules.GetAt(index).Key, _modules.GetAt(index).Value);
        set => Change(() => _modules.SetAt(index, value.Item1, value.Item2));
    }

    /// <inheritdoc/>
    public int Count => _modules.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => _modules.Keys;

    /// <inheritdoc/>
    public ICollection<T> Values => _modules.Values;

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (_registered) return;
        foreach (var (key, module) in _modules) register_module(key, module);
        _registered = true;
    }

    /// <summary>The names and modules, in order.</summary>
    public IEnumerator<(string, T)> items() => GetEnumerator();

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> keys() => _modules.Keys;

    /// <summary>The modules, in order.</summary>
    public IEnumerable<T> values() => _modules.Values;

    /// <inheritdoc/>
    public void Add(string key, T value) => Change(() => _modules.Add(key, value));

    /// <inheritdoc/>
    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    /// <summary>Removes all modules.</summary>
    public void clear() => Change(_modules.Clear);

    /// <inheritdoc cref="clear"/>
    public void Clear() => clear();

    /// <inheritdoc/>
    public bool Contains((string, T) item) => _modules.TryGetValue(item.Item1, out var module) && ReferenceEquals(module, item.Item2);

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo((string, T)[] array, int arrayIndex)
    {
        foreach (var item in this) array[arrayIndex++] = item;
    }

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, T>>)_modules).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<(string, T)> GetEnumerator() => _modules.Select(pair => (pair.Key, pair.Value)).GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf((string, T) item) => Contains(item) ? _modules.IndexOf(item.Item1) : -1;

    /// <inheritdoc/>
    public void Insert(int index, (string, T) item) => Change(() => _modules.Insert(index, item.Item1, item.Item2));

    /// <inheritdoc/>
    public bool Remove(string key)
    {
        var found = _modules.ContainsKey(key);
        if (found) Change(() => _modules.Remove(key));
        return found;
    }

    /// <inheritdoc/>
    public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

    /// <inheritdoc/>
    public void RemoveAt(int index) => Change(() => _modules.RemoveAt(index));

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Change(Action change)
    {
        change();
        if (!_registered) return;
        ClearModules();
        _registered = false;
        RegisterComponents();
    }
}
