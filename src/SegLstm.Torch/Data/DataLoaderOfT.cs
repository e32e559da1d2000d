using System.Collections;
using System.Runtime.ExceptionServices;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>Batches of a data set. A batch lives until the next one is asked for.</summary>
/// <typeparam name="T">The type of a sample.</typeparam>
/// <typeparam name="S">The type of a batch.</typeparam>
public class DataLoader<T, S> : IEnumerable<S>, IDisposable
{
    /// <summary>Batches in the order that <paramref name="shuffler"/> gives.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="collate_fn">Makes a batch, on a device, of samples.</param>
    /// <param name="shuffler">Gives the samples' indices, anew each time it is enumerated.</param>
    /// <param name="device">Where batches live; in host memory where null.</param>
    /// <param name="num_worker">Threads that fetch the samples of a batch.</param>
    /// <param name="drop_last">Whether a last batch that is not full is left out.</param>
    /// <param name="disposeBatch">Whether a batch is disposed when the next one is asked for.</param>
    /// <param name="disposeDataset">Whether disposing the loader disposes the data set.</param>
    public DataLoader(Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (this.dataset, batch_size, this.collate_fn, sampler) = (dataset, batchSize, collate_fn, shuffler);
        (Device, num_workers, this.drop_last) = (device ?? CPU, Math.Max(num_worker, 1), drop_last);
        (DisposeBatch, DisposeDataset) = (disposeBatch, disposeDataset);
    }

    /// <summary>Batches in the samples' order, or shuffled. Mind: with a seed every epoch has the same order.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="collate_fn">Makes a batch, on a device, of samples.</param>
    /// <param name="shuffle">Whether the order is random.</param>
    /// <param name="device">Where batches live; in host memory where null.</param>
    /// <param name="seed">Settles the random order; torch's generator does where null.</param>
    /// <param name="num_worker">Threads that fetch the samples of a batch.</param>
    /// <param name="drop_last">Whether a last batch that is not full is left out.</param>
    /// <param name="disposeBatch">Whether a batch is disposed when the next one is asked for.</param>
    /// <param name="disposeDataset">Whether disposing the loader disposes the data set.</param>
    public DataLoader(Dataset<T> dataset, int batchSize, Func<IEnumerable<T>, Device, S> collate_fn, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : this(dataset, batchSize, collate_fn, shuffle ? new FisherYatesShuffler(dataset.Count, seed) : InOrder(dataset), device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    /// <summary>The samples.</summary>
    public Dataset<T> dataset { get; }

    /// <summary>Samples a batch.</summary>
    public int batch_size { get; }

    /// <summary>Whether a last batch that is not full is left out.</summary>
    public bool drop_last { get; }

    /// <summary>The order of the samples.</summary>
    public IEnumerable<long> sampler { get; }

    /// <summary>Threads that fetch the samples of a batch.</summary>
    public int num_workers { get; }

    /// <summary>Makes a batch of samples.</summary>
    public Func<IEnumerable<T>, Device, S> collate_fn { get; }

    /// <summary>Where batches live.</summary>
    public Device Device { get; }

    /// <summary>Whether a batch is disposed when the next one is asked for.</summary>
    public bool DisposeBatch { get; }

    /// <summary>Whether disposing the loader disposes the data set.</summary>
    public bool DisposeDataset { get; }

    /// <summary>Batches an epoch.</summary>
    public long Count => drop_last ? dataset.Count / batch_size : (dataset.Count + batch_size - 1) / batch_size;

    /// <summary>An epoch: all batches, one after the other.</summary>
    public IEnumerator<S> GetEnumerator()
    {
        foreach (var indices in sampler.Chunk(batch_size))
        {
            if (drop_last && indices.Length < batch_size) yield break;
            var (batch, held) = Load(indices);
            try
            {
                yield return batch;
            }
            finally
            {
                if (DisposeBatch) DisposeAll(held);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Disposes the data set, where the loader owns it.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes the data set, where the loader owns it.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && DisposeDataset) dataset.Dispose();
    }

    private (S Batch, IReadOnlyList<IDisposable> Held) Load(long[] indices)
    {
        var samples = new T[indices.Length];
        var made = new IReadOnlyList<IDisposable>[indices.Length];
        try
        {
            if (num_workers == 1)
                for (var k = 0; k < indices.Length; k++) (samples[k], made[k]) = Keeping(() => dataset.GetTensor(indices[k]));
            else
                Parallel.For(0, indices.Length, new ParallelOptions { MaxDegreeOfParallelism = num_workers },
                    k => (samples[k], made[k]) = Keeping(() => dataset.GetTensor(indices[k])));
            return Keeping(() => collate_fn(samples, Device));
        }
        catch (AggregateException several)
        {
            // One cause is what the caller can act on, and it is what a single worker would have thrown.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
        finally
        {
            foreach (var tensors in made) DisposeAll(tensors ?? []);
        }
    }

    /// <summary>Calls a function and takes what it created out of all dispose scopes; if it throws, that is disposed.</summary>
    private static (TResult Result, IReadOnlyList<IDisposable> Made) Keeping<TResult>(Func<TResult> make)
    {
        using var scope = NewDisposeScope();
        var result = make();
        var made = scope.DisposablesView;
        foreach (var item in made) scope.Detach<IDisposable>(item);
        return (result, made);
    }

    private static void DisposeAll(IReadOnlyList<IDisposable> items)
    {
        foreach (var item in items) item.Dispose();
    }

    private static IEnumerable<long> InOrder(Dataset<T> dataset)
    {
        for (var k = 0L; k < dataset.Count; k++) yield return k;
    }
}
