namespace TorchSharp;

/// <summary>Disposes, when it ends, the tensors that were created in it and not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<IDisposable> _others = new(ReferenceEqualityComparer.Instance);
    private torch.Tensor? _first;
    private int _tensors;

    internal DisposeScope(DisposeScope? outer) => OuterScope = outer;

    internal DisposeScope? OuterScope { get; set; }

    /// <summary>How many objects the scope holds.</summary>
    public int DisposablesCount
    {
        get
        {
            lock (_gate) return _tensors + _others.Count;
        }
    }

    /// <summary>The objects that the scope holds, newest first.</summary>
    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            lock (_gate)
            {
                var all = new List<IDisposable>(_tensors + _others.Count);
                for (torch.Tensor? tensor = _first; tensor is not null; tensor = tensor.NextInScope) all.Add(tensor);
                all.AddRange(_others);
                return all;
            }
        }
    }

    /// <summary>Whether the scope holds an object.</summary>
    public bool Contains(IDisposable disposable)
    {
        lock (_gate) return disposable is torch.Tensor tensor ? tensor.OwningDisposeScope == this : _others.Contains(disposable);
    }

    /// <summary>Puts an object under the scope's care.</summary>
    public void Attach(IDisposable disposable) => MoveHere(disposable, counted: true);

    /// <summary>Puts objects under the scope's care.</summary>
    public void Attach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) Attach(disposable);
    }

    /// <summary>Takes an object out of the scope: from now on nobody disposes it but you.</summary>
    /// <returns>The object.</returns>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        if (!Contains(disposable)) return disposable;
        TakeOut(disposable);
        DisposeScopeManager.Statistics.TensorStatistics.DetachedFromScopeCount++;
        return disposable;
    }

    /// <summary>Takes objects out of the scope.</summary>
    public void Detach(params IDisposable[] disposables)
    {
        // With its type argument: without, this method itself would be the better match, for ever.
        foreach (IDisposable disposable in disposables) Detach<IDisposable>(disposable);
    }

    /// <summary>Moves an object to the scope around this one; out of all scopes if there is none.</summary>
    /// <returns>The object.</returns>
    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    /// <summary>Moves two objects to the scope around this one.</summary>
    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    /// <summary>Moves three objects to the scope around this one.</summary>
    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    /// <summary>Moves objects to the scope around this one.</summary>
    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOuter<IDisposable>(disposable);
    }

    /// <summary>Moves objects to the scope around this one.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables) MoveToOuter<IDisposable>(disposable);
    }

    /// <summary>Moves an object to another scope; out of all scopes if it is null.</summary>
    /// <returns>The object.</returns>
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (scope is null) return Detach(disposable);
        scope.MoveHere(disposable, counted: false);
        return disposable;
    }

    /// <summary>Disposes all that the scope holds; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes all that the scope holds but the objects to keep; the scope stays open.</summary>
    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    /// <summary>Disposes all that the scope holds but the objects to keep; the scope stays open.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (IDisposable disposable in DisposablesView)
        {
            if (keep.Contains(disposable)) continue;
            if (disposable is not torch.Tensor) TakeOut(disposable);
            disposable.Dispose();
        }
    }

    /// <summary>Disposes all that the scope holds but one object; the scope stays open.</summary>
    /// <returns>The object kept.</returns>
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    /// <summary>Disposes all that the scope holds and closes it.</summary>
    public void Dispose()
    {
        while (NewestTensor() is { } tensor) tensor.Dispose();
        foreach (IDisposable disposable in _others.ToArray()) disposable.Dispose();
        _others.Clear();
        DisposeScopeManager.Remove(this);
    }

    internal void Join(torch.Tensor tensor)
    {
        lock (_gate)
        {
            tensor.OwningDisposeScope = this;
            tensor.NextInScope = _first;
            if (_first is not null) _first.PreviousInScope = tensor;
            _first = tensor;
            _tensors++;
        }
    }

    internal void Leave(torch.Tensor tensor)
    {
        lock (_gate)
        {
            if (tensor.OwningDisposeScope != this) return;
            if (tensor.PreviousInScope is { } previous) previous.NextInScope = tensor.NextInScope;
            else _first = tensor.NextInScope;
            if (tensor.NextInScope is { } next) next.PreviousInScope = tensor.PreviousInScope;
            tensor.PreviousInScope = tensor.NextInScope = null;
            tensor.OwningDisposeScope = null;
            _tensors--;
        }
    }

    private torch.Tensor? NewestTensor()
    {
        lock (_gate) return _first;
    }

    private void MoveHere(IDisposable disposable, bool counted)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.OwningDisposeScope == this) return;
            tensor.OwningDisposeScope?.Leave(tensor);
            Join(tensor);
        }
        else
        {
            lock (_gate) _others.Add(disposable);
        }
        if (counted) DisposeScopeManager.Statistics.TensorStatistics.AttachedToScopeCount++;
    }

    private void TakeOut(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor) Leave(tensor);
        else lock (_gate) _others.Remove(disposable);
    }
}
