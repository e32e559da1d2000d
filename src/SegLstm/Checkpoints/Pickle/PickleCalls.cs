using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>What the functions of the allow list give for their arguments.</summary>
internal static class PickleCalls
{
    /// <summary>What a list or dictionary takes beside its value and its elements.</summary>
    public const int ContainerCost = 48;

    /// <summary>What an element takes in its list.</summary>
    public const int PlaceCost = 16;

    private const int MostDimensions = 64, TensorCost = 640;

    /// <summary>Calls a function of the list.</summary>
    /// <param name="function">What the pickle calls.</param>
    /// <param name="arguments">A tuple, where the pickle is right.</param>
    /// <param name="budget">Pays for what is built.</param>
    /// <param name="at">The byte of the pickle, for the message.</param>
    /// <exception cref="CheckpointException">It is no function, or does not take such arguments.</exception>
    public static PickleValue Call(PickleValue function, PickleValue arguments, MemoryBudget budget, long at)
    {
        if (function is not PickleValue.Word word || arguments is not PickleValue.Tuple tuple)
        {
            throw Refused($"calls {function} with {arguments}", at);
        }

        PickleValue[] given = tuple.Items;
        budget.Charge(ContainerCost);
        return word.Function switch
        {
            PickleFunction.Dictionary when given is [] => new PickleValue.Dictionary(),
            PickleFunction.Dictionary when given is [PickleValue.Dictionary counts] => counts,
            PickleFunction.Dictionary when given is [PickleValue.List pairs] => OfPairs(pairs, budget, at),
            PickleFunction.Set when given is [PickleValue.List elements] => elements,
            PickleFunction.Set when given is [] => new PickleValue.List(),
            PickleFunction.Size when given is [PickleValue.Tuple sizes] => sizes,
            PickleFunction.Device when given is [PickleValue.Text name, ..] => name,
            PickleFunction.Complex when given is [PickleValue.Float real, PickleValue.Float imaginary] =>
                new PickleValue.ComplexNumber(new Complex(real.Value, imaginary.Value)),
            PickleFunction.Encode when given is [PickleValue.Text text, PickleValue.Text { Value: "latin1" or "latin-1" }] =>
                Latin(text.Value, budget, at),
            PickleFunction.NumpyType when given is [PickleValue.Text code, ..] => new NumpyType(code.Value, isBigEndian: false),
            PickleFunction.NumpyNumber when given is [NumpyType type, PickleValue.Bytes bytes] => Number(type, bytes.Span, at),
            PickleFunction.Tensor when given is [PickleStorage storage, PickleValue.Integer offset, PickleValue.Tuple shape,
                PickleValue.Tuple strides, ..] => Tensor(storage, offset, shape, strides, given, budget, at),
            PickleFunction.Typed when given is [PickleValue.List elements] => elements,
            PickleFunction.Typed when given is [var value, PickleValue.Text] => value,
            PickleFunction.Parameter when given is [PickleValue.TensorView data, ..] => data,
            _ => throw Refused($"calls {word.Name} with {arguments}", at),
        };
    }

    /// <summary>Makes an object without calling its constructor, which only TorchScript's objects are.</summary>
    /// <param name="type">The class.</param>
    /// <param name="arguments">An empty tuple, where the pickle is right.</param>
    /// <param name="budget">Pays for it.</param>
    /// <param name="at">The byte of the pickle, for the message.</param>
    /// <exception cref="CheckpointException">It is of another class, or has arguments.</exception>
    public static PickleValue New(PickleValue type, PickleValue arguments, MemoryBudget budget, long at)
    {
        budget.Charge(ContainerCost);
        return type is PickleValue.Word { Function: PickleFunction.ScriptObject } && arguments is PickleValue.Tuple { Items: [] }
            ? new PickleValue.Dictionary { IsObject = true }
            : throw new CheckpointException(CheckpointError.ForbiddenOpcode,
                $"its pickle uses the instruction NewObj at byte {at} (on {type}), which no checkpoint needs. Nothing of it "
                    + "was executed.");
    }

    /// <summary>Gives a value the state that Python would keep in it.</summary>
    /// <exception cref="CheckpointException">The value has no such state.</exception>
    public static PickleValue WithState(PickleValue value, PickleValue state, long at) => (value, state) switch
    {
        (PickleValue.Dictionary { IsObject: true, Items.Count: 0 } made, PickleValue.Dictionary attributes) => made.With(attributes),
        // The attributes of an ordered dictionary: a state dict's _metadata, which tells versions of modules.
        (PickleValue.Dictionary, PickleValue.Dictionary) => value,
        (NumpyType type, PickleValue.Tuple { Items: [_, PickleValue.Text order, ..] }) =>
            new NumpyType(type.Code, order.Value == ">"),
        _ => throw Refused($"sets the state of {value} to {state}", at),
    };

    private static PickleValue.Dictionary OfPairs(PickleValue.List pairs, MemoryBudget budget, long at)
    {
        var dictionary = new PickleValue.Dictionary();
        foreach (var pair in pairs.Items)
        {
            var items = (pair as PickleValue.Tuple)?.Items ?? (pair as PickleValue.List)?.Items.ToArray();
            if (items is not [var key, var value])
            {
                throw Refused($"makes a dictionary of {pair}", at);
            }

            budget.Charge(64);
            dictionary.Items.Add(new(key, value));
        }

        return dictionary;
    }

    private static PickleValue.Bytes Latin(string text, MemoryBudget budget, long at)
    {
        budget.Charge(64 + text.Length);
        return text.All(letter => letter <= 0xFF) ? new PickleValue.Bytes(Encoding.Latin1.GetBytes(text))
            : throw Refused("encodes text that is not Latin-1", at);
    }

    private static PickleValue Number(NumpyType type, ReadOnlySpan<byte> bytes, long at)
    {
        if (type.IsBigEndian)
        {
            throw new CheckpointException(CheckpointError.BigEndian,
                $"its pickle holds a NumPy number in big-endian order at byte {at}; only little-endian ones are read.");
        }

        return (type.Code, bytes.Length) switch
        {
            ("f8", 8) => new PickleValue.Float(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            ("f4", 4) => new PickleValue.Float(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            ("f2", 2) => new PickleValue.Float((double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            ("c16", 16) => new PickleValue.ComplexNumber(new Complex(
                BinaryPrimitives.ReadDoubleLittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]))),
            ("c8", 8) => new PickleValue.ComplexNumber(new Complex(
                BinaryPrimitives.ReadSingleLittleEndian(bytes), BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]))),
            ("b1", 1) => new PickleValue.Boolean(bytes[0] != 0),
            ("i8", 8) or ("i4", 4) or ("i2", 2) or ("i1", 1) => new PickleValue.Integer(new BigInteger(bytes)),
            ("u8", 8) or ("u4", 4) or ("u2", 2) or ("u1", 1) => new PickleValue.Integer(new BigInteger(bytes, isUnsigned: true)),
            _ => throw Refused($"makes a NumPy number of type '{Printable.Of(type.Code, 20)}' of {bytes.Length} bytes", at),
        };
    }

    private static PickleValue.TensorView Tensor(PickleStorage storage, PickleValue.Integer offset, PickleValue.Tuple shape,
        PickleValue.Tuple strides, PickleValue[] given, MemoryBudget budget, long at)
    {
        budget.Charge(TensorCost + (16 * shape.Items.Length));
        if (given.Length > 6 && given[6] is PickleValue.Dictionary { Items.Count: > 0 } bits)
        {
            throw new CheckpointException(CheckpointError.BrokenTensor,
                $"its pickle holds a tensor with the mark {bits} at byte {at}, such as a lazy conjugate; save its "
                    + "resolve_conj().resolve_neg().");
        }

        if (shape.Items.Length != strides.Items.Length || shape.Items.Length > MostDimensions)
        {
            throw Wrong($"has {shape.Items.Length} dimensions and {strides.Items.Length} strides; at most {MostDimensions} of "
                + "each are read", at);
        }

        var sizes = Array.ConvertAll(shape.Items, item => Long(item, at));
        var steps = Array.ConvertAll(strides.Items, item => Long(item, at));
        var first = Long(offset, at);
        CheckReach(storage, first, sizes, steps, at);
        return new PickleValue.TensorView(storage, first, sizes, steps);
    }

    /// <summary>The window lies within the storage, and its number of elements, counted without its zeros, fits 63
    /// bits.</summary>
    private static void CheckReach(PickleStorage storage, long offset, long[] shape, long[] strides, long at)
    {
        UInt128 elements = (UInt128)TensorTypes.SizeOf(storage.Root.DType);
        UInt128 last = (UInt128)offset;
        for (var i = 0; i < shape.Length; i++)
        {
            elements *= (UInt128)Math.Max(1, shape[i]);
            last += (UInt128)strides[i] * (UInt128)Math.Max(0, shape[i] - 1);
            if (elements > long.MaxValue || last > long.MaxValue)
            {
                throw Wrong($"of shape [{string.Join(", ", shape)}] has more bytes than 64 bits count", at);
            }
        }

        var isEmpty = shape.Contains(0);
        if (isEmpty ? offset > storage.Count : last >= (UInt128)storage.Count)
        {
            throw Wrong($"of shape [{string.Join(", ", shape)}], strides [{string.Join(", ", strides)}] and offset {offset} "
                + "reaches beyond the "
                + $"{storage.Count} elements of storage '{Printable.Of(storage.Root.Key, 40)}'", at);
        }
    }

    private static long Long(PickleValue value, long at) =>
        value is PickleValue.Integer { Value: var number } && number >= 0 && number <= long.MaxValue ? (long)number
            : throw Wrong($"has {value} where a size, stride or offset is expected", at);

    private static CheckpointException Wrong(string what, long at) => new(CheckpointError.BrokenTensor,
        $"a tensor of its pickle {what} (byte {at}). The file is damaged.");

    private static CheckpointException Refused(string what, long at) => new(CheckpointError.ForbiddenCall,
        $"its pickle {what} at byte {at}, which no checkpoint needs. Nothing of it was executed.");
}
