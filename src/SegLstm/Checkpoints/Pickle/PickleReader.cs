using System.Numerics;
using System.Text;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>
/// Reads a pickle: a program for a small stack machine, of which those instructions run that build numbers, text, containers and
/// tensors. A name that is not on the list of <see cref="PickleGlobals"/> ends the reading before anything is done with it.
/// </summary>
/// <remarks>Protocols 0 to 5; torch writes 2. The machine: Python's Lib/pickletools.py.</remarks>
internal sealed class PickleReader
{
    // What a value takes with its header and its place on the stack; what only a place takes; what a memo's entry takes.
    private const int ValueCost = 48, PlaceCost = 16, MemoCost = 24, MostMemoGap = 1024, MostLine = 1 << 20, MostNameBytes = 1024;

    private readonly PickleInput input;
    private readonly MemoryBudget budget;
    private readonly Func<PickleValue, PickleValue> resolve;
    private readonly List<PickleValue> stack = [];
    private readonly List<int> marks = [];
    private readonly List<PickleValue?> memo = [];
    private readonly long start;
    private long instruction;

    private PickleReader(PickleInput input, MemoryBudget budget, Func<PickleValue, PickleValue>? resolve)
    {
        (this.input, this.budget, start) = (input, budget, input.Position);
        this.resolve = resolve ?? (_ => throw Broken("refers to something outside of it, which this part of a checkpoint cannot"));
    }

    /// <summary>Reads one pickle, and leaves the input behind it.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="budget">Pays for what is built.</param>
    /// <param name="resolve">Finds the storage that a persistent id stands for.</param>
    /// <exception cref="CheckpointException">It is malformed, asks for what is not on the list, or for too much.</exception>
    public static PickleValue Read(PickleInput input, MemoryBudget budget, Func<PickleValue, PickleValue>? resolve = null) =>
        new PickleReader(input, budget, resolve).Run();

    private PickleValue Run()
    {
        while (true)
        {
            instruction = input.Position - start;
            var opcode = (PickleOpcode)input.Next();
            if (opcode == PickleOpcode.Stop)
            {
                return stack.Count == 1 && marks.Count == 0 ? stack[0]
                    : throw Broken($"ends with {stack.Count} values on its stack; one is expected");
            }

            if (!Number(opcode) && !Words(opcode) && !Container(opcode) && !Memory(opcode))
            {
                Other(opcode);
            }
        }
    }

    private bool Number(PickleOpcode opcode)
    {
        PickleValue? value = opcode switch
        {
            PickleOpcode.None => new PickleValue.None(),
            PickleOpcode.NewTrue => new PickleValue.Boolean(true),
            PickleOpcode.NewFalse => new PickleValue.Boolean(false),
            PickleOpcode.BinInt => new PickleValue.Integer(input.Int32()),
            PickleOpcode.BinInt1 => new PickleValue.Integer(input.Next()),
            PickleOpcode.BinInt2 => new PickleValue.Integer(input.UInt16()),
            PickleOpcode.Long1 => new PickleValue.Integer(Big(input.Next())),
            PickleOpcode.Long4 => new PickleValue.Integer(Big(input.Int32())),
            PickleOpcode.BinFloat => new PickleValue.Float(input.BigEndianDouble()),
            PickleOpcode.Int or PickleOpcode.Long => PickleText.Integer(Line(), this),
            PickleOpcode.Float => PickleText.Float(Line(), this),
            _ => null,
        };
        return Pushed(value);
    }

    private bool Words(PickleOpcode opcode)
    {
        PickleValue? value = opcode switch
        {
            PickleOpcode.ShortBinUnicode => Text(input.Next()),
            PickleOpcode.BinUnicode => Text(input.UInt32()),
            PickleOpcode.BinUnicode8 => Text(input.Int64()),
            PickleOpcode.ShortBinString => OldText(input.Next()),
            PickleOpcode.BinString => OldText(input.Int32()),
            PickleOpcode.ShortBinBytes => Bytes(input.Next()),
            PickleOpcode.BinBytes => Bytes(input.UInt32()),
            PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => Bytes(input.Int64()),
            PickleOpcode.Unicode => new PickleValue.Text(PickleText.RawUnicode(Line(), this)),
            PickleOpcode.String => new PickleValue.Text(PickleText.Quoted(Line(), this)),
            PickleOpcode.Global => PickleGlobals.Find(NamePart(), NamePart(), instruction),
            PickleOpcode.StackGlobal => StackGlobal(),
            _ => null,
        };
        return Pushed(value);
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                budget.Charge(8);
                marks.Add(stack.Count);
                return true;
            case PickleOpcode.EmptyTuple:
                return Pushed(new PickleValue.Tuple([]));
            case PickleOpcode.Tuple1:
                return Pushed(new PickleValue.Tuple(Last(1)));
            case PickleOpcode.Tuple2:
                return Pushed(new PickleValue.Tuple(Last(2)));
            case PickleOpcode.Tuple3:
                return Pushed(new PickleValue.Tuple(Last(3)));
            case PickleOpcode.Tuple:
                return Pushed(new PickleValue.Tuple(SinceMark()));
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet:
                return Pushed(new PickleValue.List());
            case PickleOpcode.List or PickleOpcode.FrozenSet:
                return Pushed(Extended(new PickleValue.List(), SinceMark()));
            case PickleOpcode.Append:
                var last = Pop();
                Extended(Top<PickleValue.List>("a list"), [last]);
                return true;
            case PickleOpcode.Appends or PickleOpcode.AddItems:
                var items = SinceMark();
                Extended(Top<PickleValue.List>("a list or set"), items);
                return true;
            case PickleOpcode.EmptyDict:
                return Pushed(new PickleValue.Dictionary());
            case PickleOpcode.Dict:
                return Pushed(Extended(new PickleValue.Dictionary(), SinceMark()));
            case PickleOpcode.SetItem:
                var pair = Last(2);
                Extended(Top<PickleValue.Dictionary>("a dictionary"), pair);
                return true;
            case PickleOpcode.SetItems:
                var pairs = SinceMark();
                Extended(Top<PickleValue.Dictionary>("a dictionary"), pairs);
                return true;
            default:
                return false;
        }
    }

    private bool Memory(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinGet:
                return Again(Remembered(input.Next()));
            case PickleOpcode.LongBinGet:
                return Again(Remembered(input.UInt32()));
            case PickleOpcode.Get:
                return Again(Remembered(PickleText.Index(Line(), this)));
            case PickleOpcode.BinPut:
                return Remember(input.Next());
            case PickleOpcode.LongBinPut:
                return Remember(input.UInt32());
            case PickleOpcode.Put:
                return Remember(PickleText.Index(Line(), this));
            case PickleOpcode.Memoize:
                return Remember(memo.Count);
            case PickleOpcode.Pop:
                // A mark lies on the stack like a value.
                if (marks.Count > 0 && marks[^1] == stack.Count)
                {
                    marks.RemoveAt(marks.Count - 1);
                }
                else
                {
                    Pop();
                }

                return true;
            case PickleOpcode.PopMark:
                SinceMark();
                return true;
            case PickleOpcode.Dup:
                return Again(Top<PickleValue>("a value"));
            default:
                return false;
        }
    }

    private void Other(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                var protocol = input.Next();
                if (protocol > 5)
                {
                    throw new CheckpointException(CheckpointError.UnsupportedVersion,
                        $"its pickle is of protocol {protocol}; 0 to 5 are known.");
                }

                break;
            case PickleOpcode.Frame:
                if (input.Int64() is var length && (length < 0 || length > input.Left))
                {
                    throw Broken($"announces {length} more bytes, of which {input.Left} are there");
                }

                break;
            case PickleOpcode.BinPersId:
                Push(resolve(Pop()));
                break;
            case PickleOpcode.PersId:
                Push(resolve(new PickleValue.Text(Latin(Line()))));
                break;
            case PickleOpcode.Reduce:
                var call = Last(2);
                Push(PickleCalls.Call(call[0], call[1], budget, instruction));
                break;
            case PickleOpcode.Build:
                var state = Pop();
                stack.Add(PickleCalls.WithState(Pop(), state, instruction));
                break;
            case PickleOpcode.Inst:
                // Names a class and makes an instance of it: the name is judged first, so that the message tells it.
                PickleGlobals.Find(NamePart(), NamePart(), instruction);
                throw Forbidden(opcode);
            default:
                throw Enum.IsDefined(opcode) ? Forbidden(opcode) : Broken($"has the unknown instruction 0x{(byte)opcode:X2}");
        }
    }

    private PickleValue StackGlobal()
    {
        var names = Last(2);
        return names is [PickleValue.Text module, PickleValue.Text name] ? PickleGlobals.Find(module.Value, name.Value, instruction)
            : throw Broken("names a Python object by something other than text");
    }

    private bool Pushed(PickleValue? value)
    {
        if (value is not null)
        {
            Push(value);
        }

        return value is not null;
    }

    /// <summary>Puts a value onto the stack that is kept elsewhere already.</summary>
    private bool Again(PickleValue value)
    {
        budget.Charge(PlaceCost);
        stack.Add(value);
        return true;
    }

    private void Push(PickleValue value)
    {
        budget.Charge(ValueCost);
        stack.Add(value);
    }

    private int Bottom => marks.Count > 0 ? marks[^1] : 0;

    private PickleValue Pop()
    {
        if (stack.Count <= Bottom)
        {
            throw Broken("takes a value from its stack where there is none");
        }

        var value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private PickleValue[] Last(int count)
    {
        if (stack.Count - count < Bottom)
        {
            throw Broken($"takes {count} values from its stack where there are {stack.Count - Bottom}");
        }

        return Cut(stack.Count - count);
    }

    private PickleValue[] SinceMark()
    {
        if (marks.Count == 0)
        {
            throw Broken("goes back to a mark where there is none");
        }

        var mark = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        return Cut(mark);
    }

    private PickleValue[] Cut(int from)
    {
        var values = new PickleValue[stack.Count - from];
        budget.Charge(24 + (8L * values.Length));
        stack.CopyTo(from, values, 0, values.Length);
        stack.RemoveRange(from, values.Length);
        return values;
    }

    private T Top<T>(string wanted) where T : PickleValue =>
        stack.Count <= Bottom ? throw Broken("takes a value from its stack where there is none")
        : stack[^1] as T ?? throw Broken($"adds to a value that is not {wanted}: {stack[^1]}");

    private PickleValue.List Extended(PickleValue.List list, PickleValue[] values)
    {
        budget.Charge(16L * values.Length);
        list.Items.AddRange(values);
        return list;
    }

    private PickleValue.Dictionary Extended(PickleValue.Dictionary dictionary, PickleValue[] values)
    {
        if (values.Length % 2 != 0)
        {
            throw Broken("gives a dictionary a key without a value");
        }

        budget.Charge(32L * values.Length);
        for (var i = 0; i < values.Length; i += 2)
        {
            dictionary.Items.Add(new(values[i], values[i + 1]));
        }

        return dictionary;
    }

    private PickleValue Remembered(long index) =>
        (index < memo.Count ? memo[(int)index] : null) ?? throw Broken($"takes entry {index} of its memo, where there is none");

    private bool Remember(long index)
    {
        var value = Top<PickleValue>("a value");
        // Python numbers them one after the other; a gap would be a way to ask for memory.
        if (index > memo.Count + MostMemoGap)
        {
            throw Broken($"puts a value into entry {index} of its memo, which has {memo.Count}");
        }

        while (memo.Count <= index)
        {
            budget.Charge(MemoCost);
            memo.Add(null);
        }

        memo[(int)index] = value;
        return true;
    }

    private PickleValue.Text Text(long length)
    {
        var bytes = Charged(length);
        try
        {
            return new PickleValue.Text(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw Broken("holds text that is not UTF-8");
        }
    }

    /// <summary>A string of Python 2, which may be text or bytes.</summary>
    private PickleValue OldText(long length)
    {
        var bytes = Charged(length);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? new PickleValue.Text(Strict.GetString(bytes)) : new PickleValue.Bytes(bytes);
    }

    private PickleValue.Bytes Bytes(long length) => new(Charged(length));

    private byte[] Charged(long length)
    {
        if (length < 0 || length > input.Left)
        {
            throw new CheckpointException(CheckpointError.Truncated,
                $"its pickle announces text or bytes of length {length} at byte {instruction}, but {Math.Max(0, input.Left)} bytes are left.");
        }

        // The bytes, and twice as many for text in UTF-16.
        budget.Charge(64 + (3 * length));
        return input.Take(length);
    }

    private BigInteger Big(int length)
    {
        if (length is < 0 or > 1024)
        {
            throw Broken($"holds an integer of {length} bytes; at most 1024 are read");
        }

        return new BigInteger(Charged(length));
    }

    private string NamePart() => Latin(input.Line(MostNameBytes));

    private byte[] Line()
    {
        var line = input.Line(MostLine);
        budget.Charge(64 + (3L * line.Length));
        return line;
    }

    private CheckpointException Forbidden(PickleOpcode opcode) => new(CheckpointError.ForbiddenOpcode,
        $"its pickle uses the instruction {opcode} at byte {instruction}{On()}, which no checkpoint needs. Nothing of it was executed.");

    private string On() => stack.FindLast(value => value is PickleValue.Word) is PickleValue.Word word ? $" (on {word.Name})" : "";

    /// <summary>Tells what is wrong, and where.</summary>
    public CheckpointException Broken(string what) => new(CheckpointError.BrokenPickle,
        $"its pickle {what} (byte {instruction}). The file is damaged, or of another kind.");

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
