using System.Runtime.ExceptionServices;
using SegLstm.Data;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Makes the next items of a data set on threads of its own while others are learnt from. Items are handed out in the order of their
/// positions, so the number of workers changes nothing but the time; no more than a set number wait, which bounds the memory.
/// </summary>
internal sealed class Prefetcher : IDisposable
{
    private readonly KeyedDataset _data;
    private readonly Func<long, (long Epoch, long Index)> _key;
    private readonly int _ahead;
    private readonly object _gate = new();
    private readonly Dictionary<long, (Dictionary<string, Tensor>? Item, ExceptionDispatchInfo? Fault)> _ready = [];
    private readonly Thread[] _workers;
    private long _next, _wanted;
    private int _course;
    private bool _stopped;

    /// <summary>Starts the workers at position 0.</summary>
    /// <param name="data">What is read.</param>
    /// <param name="key">The item of a position; called by one thread at a time, for rising positions but after a jump.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="ahead">Items that may be made or wait beyond the one that is asked for.</param>
    internal Prefetcher(KeyedDataset data, Func<long, (long Epoch, long Index)> key, int workers, int ahead)
    {
        (_data, _key, _ahead) = (data, key, ahead);
        _workers = [.. Enumerable.Range(0, workers).Select(i => new Thread(Work) { IsBackground = true, Name = $"data {i}" })];
        foreach (Thread worker in _workers) worker.Start();
    }

    /// <summary>The item of a position, as soon as it is made. Another position than the next one begins anew there.</summary>
    /// <returns>Tensors that the caller owns.</returns>
    internal Dictionary<string, Tensor> Take(long position)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (position != _wanted) Jump(position);
            (Dictionary<string, Tensor>? Item, ExceptionDispatchInfo? Fault) made;
            while (!_ready.Remove(position, out made)) Monitor.Wait(_gate);
            // After a fault the same position may be asked for again.
            _wanted = made.Fault is null ? position + 1 : -1;
            Monitor.PulseAll(_gate);
            made.Fault?.Throw();
            return made.Item!;
        }
    }

    /// <summary>Ends the workers and frees what waits.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers) worker.Join();
        Drop();
    }

    private void Jump(long position)
    {
        _course++;
        (_next, _wanted) = (position, position);
        Drop();
        Monitor.PulseAll(_gate);
    }

    private void Work()
    {
        while (true)
        {
            long position;
            int course;
            (long Epoch, long Index) key;
            lock (_gate)
            {
                while (!_stopped && (_wanted < 0 || _next >= _wanted + _ahead)) Monitor.Wait(_gate);
                if (_stopped) return;
                (position, course) = (_next++, _course);
                key = _key(position);
            }

            (Dictionary<string, Tensor>? Item, ExceptionDispatchInfo? Fault) made;
            try
            {
                made = (_data.GetTensor(key.Epoch, key.Index), null);
            }
            catch (Exception fault)
            {
                // Whoever asks for the item is told; nobody else can act on it.
                made = (null, ExceptionDispatchInfo.Capture(fault));
            }

            lock (_gate)
            {
                if (course == _course && !_stopped) _ready.Add(position, made);
                else Free(made.Item);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Drop()
    {
        foreach (var made in _ready.Values) Free(made.Item);
        _ready.Clear();
    }

    private static void Free(Dictionary<string, Tensor>? item)
    {
        foreach (Tensor tensor in item?.Values ?? Enumerable.Empty<Tensor>()) tensor.Dispose();
    }
}
