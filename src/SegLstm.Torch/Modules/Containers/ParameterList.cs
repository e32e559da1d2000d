using System.Collections;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Parameters in a list, named by their position.</summary>
public class ParameterList : Module, IList<Parameter>
{
    private readonly List<Parameter> _list = [];

    /// <summary>A list of the given parameters.</summary>
    public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => Change(() => _list.AddRange(parameters));

    /// <inheritdoc/>
    public Parameter this[int index]
    {
        get => _list[index];
        set => Change(() => _list[index] = value);
    }

    /// <inheritdoc/>
    public int Count => _list.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>Does nothing: parameters are registered as they are added.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    public void Add(Parameter item) => Change(() => _list.Add(item));

    /// <summary>Adds parameters at the end.</summary>
    public void append(params Parameter[] parameters) => Change(() => _list.AddRange(parameters));

    /// <summary>Adds parameters at the end.</summary>
    public void extend(IEnumerable<Parameter> parameters) => Change(() => _list.AddRange(parameters));

    /// <inheritdoc/>
    public void Clear() => Change(_list.Clear);

    /// <inheritdoc/>
    public bool Contains(Parameter item) => IndexOf(item) >= 0;

    /// <inheritdoc/>
    public void CopyTo(Parameter[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => _list.GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf(Parameter item) => _list.FindIndex(entry => ReferenceEquals(entry, item));

    /// <inheritdoc/>
    public void Insert(int index, Parameter item) => Change(() => _list.Insert(index, item));

    /// <inheritdoc/>
    public bool Remove(Parameter item)
    {
        var found = IndexOf(item);
        if (found >= 0) RemoveAt(found);
        return found >= 0;
    }

    /// <inheritdoc/>
    public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Names are positions, so every change names all anew.
    private void Change(Action change)
    {
        var before = _list.Count;
        change();
        for (var k = 0; k < before; k++) ConditionallyRegisterParameter(k.ToString(), null);
        for (var k = 0; k < _list.Count; k++) register_parameter(k.ToString(), _list[k]);
    }
}
