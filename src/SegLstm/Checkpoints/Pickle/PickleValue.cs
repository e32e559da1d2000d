using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>A value that a checkpoint holds. There are no other kinds: nothing that a file says makes an object of another
/// class.</summary>
public abstract class PickleValue
{
    private protected PickleValue()
    {
    }

    /// <summary>What a dictionary holds under a name; null where there is no such name, or where this is no dictionary.</summary>
    /// <param name="key">The name.</param>
    public virtual PickleValue? this[string key] => null;

    /// <summary>What it is, in a few words.</summary>
    public abstract override string ToString();

    /// <summary>Python's None.</summary>
    public sealed class None : PickleValue
    {
        /// <inheritdoc/>
        public override string ToString() => "None";
    }

    /// <summary>True or False.</summary>
    /// <param name="value">Which of them.</param>
    public sealed class Boolean(bool value) : PickleValue
    {
        /// <summary>Which of them.</summary>
        public bool Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => Value ? "True" : "False";
    }

    /// <summary>An integer, which may be larger than 64 bits.</summary>
    /// <param name="value">The number.</param>
    public sealed class Integer(BigInteger value) : PickleValue
    {
        /// <summary>The number.</summary>
        public BigInteger Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A floating-point number.</summary>
    /// <param name="value">The number.</param>
    public sealed class Float(double value) : PickleValue
    {
        /// <summary>The number.</summary>
        public double Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A complex number.</summary>
    /// <param name="value">The number.</param>
    public sealed class ComplexNumber(Complex value) : PickleValue
    {
        /// <summary>The number.</summary>
        public Complex Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value.Real}+{Value.Imaginary}j");
    }

    /// <summary>Text.</summary>
    /// <param name="value">The text, as the file has it.</param>
    public sealed class Text(string value) : PickleValue
    {
        /// <summary>The text, as the file has it.</summary>
        public string Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => $"'{Printable.Of(Value)}'";
    }

    /// <summary>Bytes.</summary>
    /// <param name="value">The bytes.</param>
    public sealed class Bytes(byte[] value) : PickleValue
    {
        /// <summary>The bytes.</summary>
        public IReadOnlyList<byte> Value { get; } = value;

        /// <inheritdoc/>
        public override string ToString() => $"{Value.Count} bytes";

        internal ReadOnlySpan<byte> Span => value;
    }

    /// <summary>The name of a type or function on the allow list, such as <c>torch.float32</c>.</summary>
    public sealed class Word : PickleValue
    {
        internal Word(string name, PickleFunction function, ScalarType? type = null) =>
            (Name, Function, Type) = (name, function, type);

        /// <summary>The name, with its module.</summary>
        public string Name { get; }

        /// <inheritdoc/>
        public override string ToString() => Name;

        internal PickleFunction Function { get; }

        internal ScalarType? Type { get; }
    }

    /// <summary>A list, or a set.</summary>
    public sealed class List : PickleValue
    {
        /// <summary>The values, in the file's order.</summary>
        public IReadOnlyList<PickleValue> Values => Items;

        /// <inheritdoc/>
        public override string ToString() => Brief('[', Items, ']', "list");

        internal List<PickleValue> Items { get; } = [];
    }

    /// <summary>A tuple, or a <c>torch.Size</c>.</summary>
    public sealed class Tuple : PickleValue
    {
        internal Tuple(PickleValue[] values) => Items = values;

        /// <summary>The values.</summary>
        public IReadOnlyList<PickleValue> Values => Items;

        /// <inheritdoc/>
        public override string ToString() => Brief('(', Items, ')', "tuple");

        internal PickleValue[] Items { get; }
    }

    /// <summary>A dictionary of any kind. Nothing is looked up while it is read, so a name that stands twice is still
    /// seen.</summary>
    public sealed class Dictionary : PickleValue
    {
        /// <summary>Keys and values, in the file's order.</summary>
        public IReadOnlyList<KeyValuePair<PickleValue, PickleValue>> Values => Items;

        /// <inheritdoc/>
        public override PickleValue? this[string key] => Items.FindLast(item => item.Key is Text text && text.Value == key).Value;

        /// <inheritdoc/>
        public override string ToString()
        {
            var names = string.Join(", ",
                Items.Take(6).Select(item => item.Key is Text text ? Printable.Of(text.Value, 40) : Short(item.Key)));
            return Items.Count == 0 ? "empty dictionary"
                : $"dictionary of {Items.Count}: {names}{(Items.Count > 6 ? ", …" : "")}";
        }

        internal List<KeyValuePair<PickleValue, PickleValue>> Items { get; private set; } = [];

        /// <summary>It is an object of TorchScript, which gets its attributes after it is made.</summary>
        internal bool IsObject { get; init; }

        /// <summary>Shares the entries of another, whose memory is paid for: a copy for each of many objects would not be.</summary>
        internal Dictionary With(Dictionary entries)
        {
            Items = entries.Items;
            return this;
        }
    }

    /// <summary>A tensor as the file describes it: a window on a storage, whose bytes are not read yet.</summary>
    public sealed class TensorView : PickleValue
    {
        internal TensorView(PickleStorage storage, long offset, long[] shape, long[] strides) =>
            (Storage, Offset, Shape, Strides) = (storage, offset, shape, strides);

        /// <summary>The element type.</summary>
        public ScalarType DType => Storage.Root.DType;

        /// <summary>The dimensions; empty for a scalar.</summary>
        public IReadOnlyList<long> Shape { get; }

        /// <summary>Elements between neighbours along each dimension.</summary>
        public IReadOnlyList<long> Strides { get; }

        /// <summary>The first element's place in its storage.</summary>
        public long Offset { get; }

        /// <inheritdoc/>
        public override string ToString() => $"{TensorTypes.NameOf(DType)} tensor [{string.Join(", ", Shape)}]";

        internal PickleStorage Storage { get; }
    }

    // Containers of containers are not followed, so that what contains itself is printed too.
    private static string Brief(char open, IReadOnlyList<PickleValue> values, char close, string kind) =>
        values.Count <= 8 && values.All(value => value is not (List or Tuple or Dictionary))
            ? $"{open}{string.Join(", ", values)}{close}"
            : $"{kind} of {values.Count}";

    private static string Short(PickleValue value) => value is List or Tuple or Dictionary ? "…" : value.ToString();
}
