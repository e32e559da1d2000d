using System.Collections;
using SegLstm.Torch.Native;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in host memory, read and written in place, in row-major order whatever the strides.</summary>
/// <typeparam name="T">The .NET type of the elements.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly T* _data;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        DoorTensorInfo info = tensor.Info;
        if (info.DeviceType != (int)DeviceType.CPU)
            throw new InvalidOperationException($"The data is on {tensor.device}, not in host memory: call cpu() first.");
        if (info.Strides is null) throw new InvalidOperationException("A sparse tensor has no elements in place: call to_dense() first.");
        // The alias keeps the memory while the accessor lives, also when the tensor is disposed before it.
        _tensor = tensor.alias().DetachFromDisposeScope();
        _data = (T*)info.Data;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = info.IsContiguous != 0;
        Count = info.Elements;
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The element at an index a dimension; with a single index of a tensor of several dimensions, the element at that
    /// place of the row-major order.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public T this[params long[] indices]
    {
        get
        {
            T value = *At(indices);
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            *At(indices) = value;
            GC.KeepAlive(this);
        }
    }

    /// <summary>All elements, copied.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on into an array from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements from <paramref name="tensorIndex"/> on into a span from <paramref name="arrayIndex"/> on, as many as fit.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(Remaining(tensorIndex), target.Length);
        if (_contiguous) new ReadOnlySpan<T>(_data + tensorIndex, count).CopyTo(target);
        else for (int k = 0; k < count; k++) target[k] = *Linear(tensorIndex + k);
        // Nothing else may hold the memory: of x.data<float>().ToArray() the collector may take the accessor meanwhile.
        GC.KeepAlive(this);
    }

    /// <summary>Copies an array's elements from <paramref name="arrayIndex"/> on to <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies a span's elements from <paramref name="arrayIndex"/> on to <paramref name="tensorIndex"/> on, as many as fit.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(Remaining(tensorIndex), source.Length);
        if (_contiguous) source[..count].CopyTo(new Span<T>(_data + tensorIndex, count));
        else for (int k = 0; k < count; k++) *Linear(tensorIndex + k) = source[k];
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (long k = 0; k < Count; k++) yield return Read(k);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets go of the tensor's memory.</summary>
    public void Dispose() => _tensor.Dispose();

    private T Read(long index)
    {
        T value = *Linear(index);
        GC.KeepAlive(this);
        return value;
    }

    private long Remaining(long from) =>
        from >= 0 && from <= Count ? Count - from : throw new ArgumentOutOfRangeException(nameof(from), from, $"expected 0 to {Count}");

    private T* At(long[] indices)
    {
        ObjectDisposedException.ThrowIf(_tensor.IsInvalid, this);
        if (indices.Length == 1 && _shape.Length != 1)
        {
            if (indices[0] < 0 || indices[0] >= Count) throw Outside(indices);
            return Linear(indices[0]);
        }
        if (indices.Length != _shape.Length)
            throw new ArgumentException($"expected {_shape.Length} indices for shape [{string.Join(", ", _shape)}], got {indices.Length}");
        long offset = 0;
        for (int d = 0; d < indices.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= _shape[d]) throw Outside(indices);
            offset += indices[d] * _strides[d];
        }
        return _data + offset;
    }

    private T* Linear(long index)
    {
        if (_contiguous) return _data + index;
        long offset = 0;
        for (int d = _shape.Length - 1; d >= 0; d--)
        {
            offset += index % _shape[d] * _strides[d];
            index /= _shape[d];
        }
        return _data + offset;
    }

    private IndexOutOfRangeException Outside(long[] indices) =>
        new($"index [{string.Join(", ", indices)}] is outside of shape [{string.Join(", ", _shape)}]");
}
