using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>
/// Sums the gradients of a model over ranks, in buckets, while the backward pass goes on: autograd hands a parameter's gradient to
/// a hook, which copies it into its bucket; a bucket that has all its gradients is sent off at once, in the order of buckets.
/// </summary>
/// <remarks>
/// Buckets are filled from the last parameter to the first, as gradients come. Behind its gradients a bucket has a number a
/// parameter, on how many ranks it has a gradient: one that has none anywhere keeps none, as in one process. After the sum the
/// parameters' gradients are views of the buckets. Source: Li et al., PyTorch Distributed (arXiv 2006.15704).
/// </remarks>
internal sealed class GradientBuckets : IDisposable
{
    /// <summary>Bytes of gradients in a bucket, unless one parameter alone has more. docs/scaling.md measures sizes.</summary>
    public const long DefaultBytes = 4 << 20;

    private readonly Ranks _ranks;
    private readonly Bucket[] _buckets;
    private readonly IDisposable[] _hooks;
    private bool _collects;
    private int _sent;

    /// <summary>Hooks the parameters of a model that are trained.</summary>
    /// <param name="model">The model, on the CPU.</param>
    /// <param name="ranks">The ranks, which have the same model.</param>
    /// <param name="bytes">Size of a bucket.</param>
    public GradientBuckets(nn.Module model, Ranks ranks, long bytes = DefaultBytes)
    {
        _ranks = ranks;
        (string Name, Parameter Parameter)[] trained =
            [.. model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter)).Reverse()];
        _buckets = [.. Split(trained, bytes).Select(part => new Bucket(part))];
        _hooks =
        [
            .. _buckets.SelectMany(bucket => bucket.Slots.Select(
                slot => ranks.Watch(slot.Parameter, gradient => Take(bucket, slot, gradient)))),
        ];
    }

    /// <summary>Number of buckets.</summary>
    public int Count => _buckets.Length;

    /// <summary>From here on gradients are collected; those that parameters have already are added to them.</summary>
    public void Begin()
    {
        foreach (Bucket bucket in _buckets) bucket.Clear();
        (_collects, _sent) = (true, 0);
    }

    /// <summary>After the backward pass: sends what is left, waits, and gives the parameters the sums.</summary>
    /// <exception cref="LostRankException">Another rank went away.</exception>
    public void Finish()
    {
        _collects = false;
        using var frozen = no_grad();
        foreach (Bucket bucket in _buckets) bucket.AddWaiting();
        while (_sent < _buckets.Length) Send();
        foreach (Bucket bucket in _buckets) bucket.Finish();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IDisposable hook in _hooks) hook.Dispose();
        foreach (Bucket bucket in _buckets) bucket.Dispose();
    }

    private static IEnumerable<List<(string Name, Parameter Parameter)>> Split(
        IEnumerable<(string Name, Parameter Parameter)> parameters, long most)
    {
        var part = new List<(string, Parameter Parameter)>();
        long bytes = 0;
        foreach ((string name, Parameter parameter) in parameters)
        {
            long size = parameter.numel() * parameter.element_size();
            if (part.Count > 0 && (bytes + size > most || parameter.dtype != part[0].Parameter.dtype))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add((name, parameter));
            bytes += size;
        }

        if (part.Count > 0) yield return part;
    }

    private void Take(Bucket bucket, Bucket.Slot slot, Tensor gradient)
    {
        if (!_collects) return;
        using var frozen = no_grad();
        bucket.Take(slot, gradient);
        while (_sent < _buckets.Length && _buckets[_sent].IsFull) Send();
    }

    private void Send() => _buckets[_sent++].Send(_ranks);
}
