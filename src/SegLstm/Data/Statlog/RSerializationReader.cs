using System.Buffers.Binary;
using System.Text;

namespace SegLstm.Data.Statlog;

/// <summary>
/// Reads R's binary serialisation (magic RDX2, big-endian XDR, version 2) of vectors, lists, factors and their attributes.
/// Code, environments and all else that R can serialise is refused. Lengths are held against the bytes that are left before memory
/// is taken.
/// </summary>
/// <remarks>Format: "R Internals", section 1.8, Serialization Formats.</remarks>
internal sealed class RSerializationReader
{
    private const int Symbol = 1, Pairs = 2, Characters = 9, Logical = 10, Integer = 13, Real = 14, Texts = 16, Vector = 19,
        NullValue = 254, Reference = 255, MaxDepth = 64;

    private readonly byte[] _bytes;
    private readonly List<string> _symbols = [];
    private int _at;
    private int _depth;

    private RSerializationReader(byte[] bytes) => _bytes = bytes;

    /// <summary>The named values of a saved workspace.</summary>
    /// <exception cref="InvalidDataException">It is not this format, is cut short, or holds something else; with the byte where.</exception>
    internal static IReadOnlyDictionary<string, RValue> Read(byte[] bytes)
    {
        var reader = new RSerializationReader(bytes);
        if (!bytes.AsSpan().StartsWith("RDX2\nX\n"u8))
            throw reader.Bad("expected the magic of R's workspaces, RDX2 and X for XDR");
        reader._at = 7;
        if (reader.Int() != 2)
            throw reader.Bad("expected version 2 of the serialisation");
        reader._at += 8; // the R that wrote it, and the oldest that can read it
        int flags = reader.Int();
        var values = (flags & 0xFF) == Pairs ? reader.PairList(flags) : throw reader.Bad($"expected a list of named values, got type {flags & 0xFF}");
        return reader._at == bytes.Length ? values : throw reader.Bad($"{bytes.Length - reader._at} bytes are left over");
    }

    private Dictionary<string, RValue> PairList(int flags)
    {
        var values = new Dictionary<string, RValue>(StringComparer.Ordinal);
        while ((flags & 0xFF) == Pairs)
        {
            if ((flags & 0x200) != 0)
                Value(Int()); // attributes of the pair itself
            string name = (flags & 0x400) != 0 ? Name(Int()) : $"#{values.Count}";
            if (!values.TryAdd(name, Value(Int())))
                throw Bad($"the name '{name}' comes twice");
            flags = Int();
        }

        return (flags & 0xFF) == NullValue ? values : throw Bad($"expected the end of a list, got type {flags & 0xFF}");
    }

    private RValue Value(int flags)
    {
        if (++_depth > MaxDepth)
            throw Bad($"more than {MaxDepth} levels");
        RValue value = (flags & 0xFF) switch
        {
            NullValue => new RValue.Null(),
            Real => new RValue.Reals(Array(8, _ => BinaryPrimitives.ReadDoubleBigEndian(Take(8)))),
            Integer or Logical => new RValue.Integers(Array(4, _ => Int())),
            Texts => new RValue.Strings(Array(4, _ => Text(Int()))),
            Vector => new RValue.List(Array(4, _ => Value(Int()))),
            int type => throw Bad($"R type {type} is not a vector, a list or a factor"),
        };
        if ((flags & 0x200) != 0)
        {
            int next = Int();
            value = value with { Attributes = PairList(next) };
        }

        _depth--;
        return value;
    }

    private T[] Array<T>(int leastBytes, Func<int, T> item)
    {
        int length = Int();
        if (length < 0 || (long)length * leastBytes > _bytes.Length - _at)
            throw Bad($"a vector of {length} does not fit into the {_bytes.Length - _at} bytes that are left");
        var values = new T[length];
        for (int i = 0; i < length; i++)
            values[i] = item(i);
        return values;
    }

    private string Name(int flags)
    {
        if ((flags & 0xFF) == Reference)
        {
            int index = flags >> 8;
            return index >= 1 && index <= _symbols.Count ? _symbols[index - 1] : throw Bad($"there is no symbol {index}");
        }

        if ((flags & 0xFF) != Symbol)
            throw Bad($"expected a name, got type {flags & 0xFF}");
        _symbols.Add(Text(Int()));
        return _symbols[^1];
    }

    private string Text(int flags)
    {
        if ((flags & 0xFF) != Characters)
            throw Bad($"expected characters, got type {flags & 0xFF}");
        int length = Int();
        return length == -1 ? "NA" : Encoding.UTF8.GetString(Take(length));
    }

    private int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _bytes.Length - _at)
            throw Bad($"{count} bytes are wanted and {_bytes.Length - _at} are left");
        _at += count;
        return _bytes.AsSpan(_at - count, count);
    }

    private InvalidDataException Bad(string what) => new($"The R data cannot be read: {what} (at byte {_at} of {_bytes.Length}).");
}
