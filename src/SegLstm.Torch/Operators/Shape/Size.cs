using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sizes of all dimensions of a tensor.</summary>
    public readonly struct Size : IEnumerable<long>
    {
        /// <summary>The shape of a tensor without dimensions.</summary>
        public static Size Empty = new(Array.Empty<long>());

        private readonly long[] _shape;

        /// <summary>A shape of the given sizes.</summary>
        public Size(long[] shape) => _shape = (long[])shape.Clone();

        /// <summary>A shape of the given sizes.</summary>
        public Size(IEnumerable<long> shape) => _shape = shape.ToArray();

        /// <summary>A shape of the given sizes.</summary>
        public Size(int[] shape) => _shape = Array.ConvertAll(shape, size => (long)size);

        /// <summary>One dimension.</summary>
        public Size(long size) => _shape = [size];

        /// <summary>Two dimensions.</summary>
        public Size((long, long) size) => _shape = [size.Item1, size.Item2];

        /// <summary>Three dimensions.</summary>
        public Size((long, long, long) size) => _shape = [size.Item1, size.Item2, size.Item3];

        /// <summary>Four dimensions.</summary>
        public Size((long, long, long, long) size) => _shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        /// <summary>One dimension.</summary>
        public Size(int size) => _shape = [size];

        /// <summary>Two dimensions.</summary>
        public Size((int, int) size) => _shape = [size.Item1, size.Item2];

        /// <summary>Three dimensions.</summary>
        public Size((int, int, int) size) => _shape = [size.Item1, size.Item2, size.Item3];

        /// <summary>Four dimensions.</summary>
        public Size((int, int, int, int) size) => _shape = [size.Item1, size.Item2, size.Item3, size.Item4];

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsEmpty => Length == 0;

        /// <summary>Whether there are no dimensions, as a tensor that holds one number.</summary>
        public bool IsScalar => Length == 0;

        /// <summary>The number of dimensions.</summary>
        public int Length => Shape.Length;

        /// <summary>The sizes.</summary>
        public long[] Shape => _shape ?? [];

        /// <summary>The size of a dimension.</summary>
        public long this[int idx] => Shape[idx];

        /// <summary>The size of a dimension.</summary>
        public long this[long idx] => Shape[idx];

        /// <summary>The number of elements of a tensor of this shape.</summary>
        public long numel() => Shape.Aggregate(1L, (product, size) => checked(product * size));

        /// <summary>The dimensions from <paramref name="first"/> on, <paramref name="next"/> of them; the C# range <c>size[1..3]</c>.</summary>
        public Size Slice(int first, int next) => new(Shape.AsSpan(first, next).ToArray());

        /// <summary>The first sizes.</summary>
        public IEnumerable<long> Take(int i) => Enumerable.Take(Shape, i);

        /// <inheritdoc/>
        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Size other && Shape.AsSpan().SequenceEqual(other.Shape);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (long size in Shape) hash.Add(size);
            return hash.ToHashCode();
        }

        /// <summary>The sizes as PyTorch prints them: <c>[2, 3]</c>.</summary>
        public override string ToString() => $"[{string.Join(", ", Shape)}]";

        /// <summary>Whether both have the same sizes.</summary>
        public static bool operator ==(Size left, Size right) => left.Equals(right);

        /// <summary>Whether the sizes differ.</summary>
        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        /// <summary>The dimensions of both, one after the other.</summary>
        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        /// <summary>The dimensions of both, one after the other.</summary>
        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>Two dimensions.</summary>
        public static implicit operator Size((long, long) size) => new(size);

        /// <summary>Three dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new(size);

        /// <summary>Four dimensions.</summary>
        public static implicit operator Size((long, long, long, long) size) => new(size);

        /// <summary>A shape of the given sizes.</summary>
        public static implicit operator Size(long[] size) => new(size);
    }
}
