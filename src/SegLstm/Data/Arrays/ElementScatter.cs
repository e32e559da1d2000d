using System.Numerics;

namespace SegLstm.Data.Arrays;

/// <summary>
/// Takes the numbers of a file in the order in which they lie there, whole or chunk by chunk, and puts them where they belong in an
/// array whose last index is the fastest.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ElementScatter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Batch = 1 << 14;

    private readonly int[] _shape;
    private readonly long[] _strides;
    private readonly T[] _decoded = new T[Batch];

    /// <summary>Takes the memory.</summary>
    /// <param name="shape">The file's sizes, the slowest index first.</param>
    /// <param name="reversed">Whether the array's indices are the file's in reverse: MATLAB stores the first index fastest.</param>
    internal ElementScatter(IReadOnlyList<int> shape, bool reversed)
    {
        _shape = [.. shape];
        _strides = new long[_shape.Length];
        long product = 1;
        for (int i = 0; i < _shape.Length; i++)
        {
            int axis = reversed ? i : _shape.Length - 1 - i;
            _strides[axis] = product;
            product *= _shape[axis];
        }

        Values = new T[product];
    }

    internal T[] Values { get; }

    /// <summary>Takes all elements from a stream.</summary>
    /// <exception cref="EndOfStreamException">It ends before.</exception>
    internal void Put(Stream stored, ElementType type, bool isBigEndian)
    {
        byte[] bytes = new byte[Batch * type.Bytes()];
        int[] index = new int[_shape.Length];
        for (long left = Values.LongLength; left > 0;)
        {
            int count = (int)Math.Min(left, Batch);
            Span<byte> piece = bytes.AsSpan(0, count * type.Bytes());
            stored.ReadExactly(piece);
            ElementCodec.Decode(piece, type, isBigEndian, _decoded.AsSpan(0, count));
            Place(index, count);
            left -= count;
        }
    }

    /// <summary>Takes a block; what of it lies beyond the array is left out.</summary>
    internal void Put(Span<byte> stored, ElementType type, bool isBigEndian, ReadOnlySpan<long> origin, ReadOnlySpan<int> extent)
    {
        int rank = _shape.Length, size = type.Bytes();
        if (rank == 0)
        {
            ElementCodec.Decode(stored[..size], type, isBigEndian, Values.AsSpan());
            return;
        }

        int line = extent[^1], wanted = (int)Math.Min(line, _shape[^1] - origin[^1]);
        int[] index = new int[rank];
        for (int at = 0; at < stored.Length; at += line * size)
        {
            long to = 0;
            bool isInside = true;
            for (int axis = 0; axis < rank; axis++)
            {
                long place = origin[axis] + index[axis];
                isInside &= place < _shape[axis];
                to += place * _strides[axis];
            }

            for (int from = 0; isInside && from < wanted; from += Batch)
            {
                int count = Math.Min(Batch, wanted - from);
                ElementCodec.Decode(stored.Slice(at + (from * size), count * size), type, isBigEndian, _decoded.AsSpan(0, count));
                for (int i = 0; i < count; i++) Values[to + ((from + i) * _strides[^1])] = _decoded[i];
            }

            for (int axis = rank - 2; axis >= 0 && ++index[axis] == extent[axis]; axis--) index[axis] = 0;
        }
    }

    private void Place(int[] index, int count)
    {
        if (_shape.Length == 0)
        {
            Values[0] = _decoded[0];
            return;
        }

        int last = _shape.Length - 1;
        for (int from = 0; from < count;)
        {
            long to = 0;
            for (int axis = 0; axis <= last; axis++) to += index[axis] * _strides[axis];
            int run = Math.Min(count - from, _shape[last] - index[last]);
            for (int i = 0; i < run; i++) Values[to + (i * _strides[last])] = _decoded[from + i];
            from += run;
            index[last] += run;
            for (int axis = last; axis > 0 && index[axis] == _shape[axis]; axis--)
            {
                index[axis] = 0;
                index[axis - 1]++;
            }
        }
    }
}
