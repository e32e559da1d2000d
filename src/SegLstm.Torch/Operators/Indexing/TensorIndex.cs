namespace TorchSharp;

public static partial class torch
{
    /// <summary>One of the indices between the brackets of <c>t[…]</c>.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal Kind kind;
        internal long? start; // of a slice; the position of Single; 1 or 0 of Bool
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        /// <summary>As many whole dimensions as the other indices leave over (<c>...</c>).</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        /// <summary>A new dimension of size 1, as <see cref="None"/>.</summary>
        public static TensorIndex Null = new() { kind = Kind.Null };

        /// <summary>A whole dimension (<c>:</c>).</summary>
        public static TensorIndex Colon = Slice();

        /// <summary>The positions from <paramref name="start"/> up to <paramref name="stop"/> (<c>start:stop:step</c>); negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        /// <summary>The positions of a pair of bounds.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>The positions of a C# range: <c>1..^1</c>.</summary>
        public static TensorIndex Slice(Range range) => Slice(Position(range.Start), range.End.Equals(Index.End) ? null : Position(range.End));

        /// <summary>A new dimension of size 1 (true) or 0 (false).</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        /// <summary>One position: its dimension goes away.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        /// <summary>Positions (integers), or the places where a mask (bool) is true.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>One position.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The positions of a pair of bounds.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>The positions of a C# range.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position, from the start or, with <c>^</c>, from the end.</summary>
        public static implicit operator TensorIndex(Index index) => Single(Position(index));

        /// <summary>Never to be called; the overloads of the indexer need it to be told apart.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("A TensorIndex is no tensor: it stands only between the brackets of an indexed tensor.");

        private static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
