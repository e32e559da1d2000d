using System.Collections;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules in a list, named by their position.</summary>
/// <typeparam name="T">The type of the modules.</typeparam>
public class ModuleList<T> : Module, IList<T> where T : Module
{
    private readonly List<T> _list = [];
    private bool _registered;

    /// <summary>A list of the given modules.</summary>
    public ModuleList(params T[] modules) : base(nameof(ModuleList)) => _list.AddRange(modules);

    /// <inheritdoc/>
    public T this[int index]
    {
        get => _list[index];
        set => Change(() => _list[index] = value);
    }

    /// <inheritdoc/>
    public int Count => _list.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        if (_registered) return;
        for (var k = 0; k < _list.Count; k++) register_module(k.ToString(), _list[k]);
        _registered = true;
    }

    /// <inheritdoc/>
    public void Add(T item) => Change(() => _list.Add(item));

    /// <summary>Adds modules at the end.</summary>
    public void append(params T[] parameters) => Change(() => _list.AddRange(parameters));

    /// <summary>Adds modules at the end.</summary>
    public void extend(IEnumerable<T> modules) => Change(() => _list.AddRange(modules));

    /// <inheritdoc/>
    public void Clear() => Change(_list.Clear);

    /// <inheritdoc/>
    public bool Contains(T item) => _list.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf(T item) => _list.IndexOf(item);

    /// <inheritdoc/>
    public void Insert(int index, T item) => Change(() => _list.Insert(index, item));

    /// <inheritdoc/>
    public bool Remove(T item)
    {
        var found = _list.IndexOf(item);
        if (found >= 0) RemoveAt(found);
        return found >= 0;
    }

    /// <inheritdoc/>
    public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Once registered, the list renames its modules after each change, so that names stay positions.
    private void Change(Action change)
    {
        change();
        if (!_registered) return;
        ClearModules();
        _registered = false;
        RegisterComponents();
    }
}
