namespace TorchSharp;

/// <summary>The stack of dispose scopes of each thread.</summary>
public static class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScope? _current;

    [ThreadStatic]
    private static ThreadDisposeScopeStatistics? _statistics;

    /// <summary>What this thread's scopes have done so far.</summary>
    public static ThreadDisposeScopeStatistics Statistics => _statistics ??= new ThreadDisposeScopeStatistics();

    internal static DisposeScope NewDisposeScope() => _current = new DisposeScope(_current);

    internal static void Register(torch.Tensor tensor)
    {
        LifetimeStatistics statistics = Statistics.TensorStatistics;
        if (_current is { } scope)
        {
            statistics.CreatedInScopeCount++;
            scope.Join(tensor);
        }
        else
        {
            statistics.CreatedOutsideScopeCount++;
        }
    }

    internal static void Forget(torch.Tensor tensor)
    {
        LifetimeStatistics statistics = Statistics.TensorStatistics;
        if (tensor.OwningDisposeScope is { } scope)
        {
            statistics.DisposedInScopeCount++;
            scope.Leave(tensor);
        }
        else
        {
            statistics.DisposedOutsideScopeCount++;
        }
    }

    internal static void Remove(DisposeScope scope)
    {
        // Scopes close in order; one closed early takes itself out of the chain.
        if (_current == scope)
        {
            _current = scope.OuterScope;
            return;
        }
        for (DisposeScope? inner = _current; inner is not null; inner = inner.OuterScope)
        {
            if (inner.OuterScope != scope) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }
}
