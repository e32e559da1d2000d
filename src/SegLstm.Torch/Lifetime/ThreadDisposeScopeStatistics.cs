namespace TorchSharp;

/// <summary>What the dispose scopes of a thread have done.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>The counts of tensors.</summary>
    public LifetimeStatistics TensorStatistics { get; } = new();

    /// <summary>Created less disposed on this thread.</summary>
    public long ThreadTotalLiveCount => TensorStatistics.ThreadTotalLiveCount;

    /// <summary>Starts the counts again at 0.</summary>
    public void Reset() => TensorStatistics.Reset();
}
