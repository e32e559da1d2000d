using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>
/// Reads a pickle: a program for a small stack machine, of which those instructions run that build numbers, text, containers and
/// tensors. A name that is not on the list of <see cref="PickleGlobals"/> ends the reading before anything is done with it.
/// </summary>
/// <remarks>Protocols 0 to 5; torch writes 2. The machine: Python's Lib/pickletools.py.</remarks>
internal sealed class PickleReader
{
    private const int MostProtocol = 5, MostLine = 1 << 20, MostNameBytes = 1024, MostIntegerBytes = 1024;

    private readonly PickleInput input;
    private readonly MemoryBudget budget;
    private readonly Func<PickleValue, PickleValue> resolve;
    private readonly PickleStack stack;
    private readonly bool script;
    private readonly long start;
    private long instruction;

    private PickleReader(PickleInput input, MemoryBudget budget, Func<PickleValue, PickleValue>? resolve, bool script)
    {
        (this.input, this.budget, this.script, start) = (input, budget, script, input.Position);
        stack = new PickleStack(budget, Broken);
        this.resolve = resolve
            ?? (_ => throw Broken("refers to something outside of it, which this part of a checkpoint cannot"));
    }

    /// <summary>Reads one pickle, and leaves the input behind it.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="budget">Pays for what is built.</param>
    /// <param name="resolve">Finds the storage that a persistent id stands for.</param>
    /// <param name="script">It is part of a TorchScript archive: objects of its classes are read as their attributes.</param>
    /// <exception cref="CheckpointException">It is malformed, asks for what is not on the list, or for too much.</exception>
    public static PickleValue Read(PickleInput input, MemoryBudget budget, Func<PickleValue, PickleValue>? resolve = null,
        bool script = false) =>
        new PickleReader(input, budget, resolve, script).Run();

    /// <summary>The error that tells what is wrong, and where.</summary>
    public CheckpointException Broken(string what) => new(CheckpointError.BrokenPickle,
        $"its pickle {what} (byte {instruction}). The file is damaged, or of another kind.");

    private PickleValue Run()
    {
        while (true)
        {
            instruction = input.Position - start;
            var opcode = (PickleOpcode)input.Next();
            if (opcode == PickleOpcode.Stop)
            {
                return stack.Result;
            }

            if (!IsNumber(opcode) && !IsText(opcode) && !IsContainer(opcode) && !IsMemory(opcode))
            {
                Other(opcode);
            }
        }
    }

    private bool IsNumber(PickleOpcode opcode) => IsPushed(opcode switch
    {
        PickleOpcode.None => new PickleValue.None(),
        PickleOpcode.NewTrue => new PickleValue.Boolean(true),
        PickleOpcode.NewFalse => new PickleValue.Boolean(false),
        PickleOpcode.BinInt => new PickleValue.Integer(input.Int32()),
        PickleOpcode.BinInt1 => new PickleValue.Integer(input.Next()),
        PickleOpcode.BinInt2 => new PickleValue.Integer(input.UInt16()),
        PickleOpcode.Long1 => new PickleValue.Integer(Long(input.Next())),
        PickleOpcode.Long4 => new PickleValue.Integer(Long(input.Int32())),
        PickleOpcode.BinFloat => new PickleValue.Float(input.BigEndianDouble()),
        PickleOpcode.Int or PickleOpcode.Long => PickleText.Integer(Line(), this),
        PickleOpcode.Float => PickleText.Float(Line(), this),
        _ => null,
    });

    private bool IsText(PickleOpcode opcode) => IsPushed(opcode switch
    {
        PickleOpcode.ShortBinUnicode => Text(input.Next()),
        PickleOpcode.BinUnicode => Text(input.UInt32()),
        PickleOpcode.BinUnicode8 => Text(input.Int64()),
        PickleOpcode.ShortBinString => OldText(input.Next()),
        PickleOpcode.BinString => OldText(input.Int32()),
        PickleOpcode.ShortBinBytes => new PickleValue.Bytes(Bytes(input.Next())),
        PickleOpcode.BinBytes => new PickleValue.Bytes(Bytes(input.UInt32())),
        PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => new PickleValue.Bytes(Bytes(input.Int64())),
        PickleOpcode.Unicode => new PickleValue.Text(PickleText.RawUnicode(Line(), this)),
        PickleOpcode.String => new PickleValue.Text(PickleText.Quoted(Line(), this)),
        PickleOpcode.Global => PickleGlobals.Find(NamePart(), NamePart(), instruction, script),
        PickleOpcode.StackGlobal => StackGlobal(),
        _ => null,
    });

    private bool IsContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                stack.Mark();
                return true;
            case PickleOpcode.EmptyTuple:
                return IsPushed(new PickleValue.Tuple([]));
            case PickleOpcode.Tuple1:
                return IsPushed(new PickleValue.Tuple(stack.Last(1)));
            case PickleOpcode.Tuple2:
                return IsPushed(new PickleValue.Tuple(stack.Last(2)));
            case PickleOpcode.Tuple3:
                return IsPushed(new PickleValue.Tuple(stack.Last(3)));
            case PickleOpcode.Tuple:
                return IsPushed(new PickleValue.Tuple(stack.SinceMark()));
            case PickleOpcode.EmptyList or PickleOpcode.EmptySet:
                return IsPushed(Extended(new PickleValue.List(), []));
            case PickleOpcode.List or PickleOpcode.FrozenSet:
                return IsPushed(Extended(new PickleValue.List(), stack.SinceMark()));
            case PickleOpcode.EmptyDict:
                return IsPushed(Extended(new PickleValue.Dictionary(), []));
            case PickleOpcode.Dict:
                return IsPushed(Extended(new PickleValue.Dictionary(), stack.SinceMark()));
            case PickleOpcode.Append:
                Extend(stack.Last(1));
                return true;
            case PickleOpcode.Appends or PickleOpcode.AddItems:
                Extend(stack.SinceMark());
                return true;
            case PickleOpcode.SetItem:
                ExtendDictionary(stack.Last(2));
                return true;
            case PickleOpcode.SetItems:
                ExtendDictionary(stack.SinceMark());
                return true;
            default:
                return false;
        }
    }

    private bool IsMemory(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinGet:
                stack.PushAgain(stack.Remembered(input.Next()));
                return true;
            case PickleOpcode.LongBinGet:
                stack.PushAgain(stack.Remembered(input.UInt32()));
                return true;
            case PickleOpcode.Get:
                stack.PushAgain(stack.Remembered(PickleText.Index(Line(), this)));
                return true;
            case PickleOpcode.BinPut:
                stack.Remember(input.Next());
                return true;
            case PickleOpcode.LongBinPut:
                stack.Remember(input.UInt32());
                return true;
            case PickleOpcode.Put:
                stack.Remember(PickleText.Index(Line(), this));
                return true;
            case PickleOpcode.Memoize:
                stack.Remember(stack.NextEntry);
                return true;
            case PickleOpcode.Pop:
                stack.Discard();
                return true;
            case PickleOpcode.PopMark:
                stack.SinceMark();
                return true;
            case PickleOpcode.Dup:
                stack.PushAgain(stack.Top<PickleValue>("a value"));
                return true;
            default:
                return false;
        }
    }

    private void Other(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                CheckProtocol(input.Next());
                break;
            case PickleOpcode.Frame:
                CheckFrame(input.Int64());
                break;
            case PickleOpcode.BinPersId:
                stack.Push(resolve(stack.Pop()));
                break;
            case PickleOpcode.PersId:
                stack.Push(resolve(new PickleValue.Text(Encoding.Latin1.GetString(Line()))));
                break;
            case PickleOpcode.Reduce:
                var call = stack.Last(2);
                stack.Push(PickleCalls.Call(call[0], call[1], budget, instruction));
                break;
            case PickleOpcode.NewObj when stack.LastWord is { Function: PickleFunction.ScriptObject }:
                var made = stack.Last(2);
                stack.Push(PickleCalls.New(made[0], made[1], budget, instruction));
                break;
            case PickleOpcode.Build:
                var build = stack.Last(2);
                stack.Push(PickleCalls.WithState(build[0], build[1], instruction));
                break;
            case PickleOpcode.Inst:
                // Names a class and makes an instance of it: the name is judged first, so that the message tells it.
                PickleGlobals.Find(NamePart(), NamePart(), instruction, script);
                throw Forbidden(opcode);
            default:
                throw Enum.IsDefined(opcode) ? Forbidden(opcode) : Broken($"has the unknown instruction 0x{(byte)opcode:X2}");
        }
    }

    private PickleValue.Word StackGlobal() => stack.Last(2) is [PickleValue.Text module, PickleValue.Text name]
        ? PickleGlobals.Find(module.Value, name.Value, instruction, script)
        : throw Broken("names a Python object by something other than text");

    private bool IsPushed(PickleValue? value)
    {
        if (value is not null)
        {
            stack.Push(value);
        }

        return value is not null;
    }

    private void Extend(PickleValue[] values)
    {
        budget.Charge(PickleCalls.PlaceCost * (long)values.Length);
        stack.Top<PickleValue.List>("a list or set").Items.AddRange(values);
    }

    private PickleValue.List Extended(PickleValue.List list, PickleValue[] values)
    {
        budget.Charge(PickleCalls.ContainerCost + (PickleCalls.PlaceCost * (long)values.Length));
        list.Items.AddRange(values);
        return list;
    }

    private void ExtendDictionary(PickleValue[] values) => Extended(stack.Top<PickleValue.Dictionary>("a dictionary"), values);

    private PickleValue.Dictionary Extended(PickleValue.Dictionary dictionary, PickleValue[] values)
    {
        if (values.Length % 2 != 0)
        {
            throw Broken("gives a dictionary a key without a value");
        }

        budget.Charge(PickleCalls.ContainerCost + (2L * PickleCalls.PlaceCost * values.Length));
        for (var i = 0; i < values.Length; i += 2)
        {
            dictionary.Items.Add(new(values[i], values[i + 1]));
        }

        return dictionary;
    }

    private void CheckProtocol(int protocol)
    {
        if (protocol > MostProtocol)
        {
            throw new CheckpointException(CheckpointError.UnsupportedVersion,
                $"its pickle is of protocol {protocol}; 0 to {MostProtocol} are known.");
        }
    }

    private void CheckFrame(long length)
    {
        if (length < 0 || length > input.Left)
        {
            throw Broken($"announces {length} more bytes, of which {input.Left} are there");
        }
    }

    private PickleValue.Text Text(long length)
    {
        var bytes = Bytes(length);
        return Utf8.IsValid(bytes) ? new PickleValue.Text(Encoding.UTF8.GetString(bytes))
            : throw Broken("holds text that is not UTF-8");
    }

    /// <summary>A string of Python 2, which may be text or bytes.</summary>
    private PickleValue OldText(long length)
    {
        var bytes = Bytes(length);
        return Utf8.IsValid(bytes) ? new PickleValue.Text(Encoding.UTF8.GetString(bytes)) : new PickleValue.Bytes(bytes);
    }

    private byte[] Bytes(long length)
    {
        if (length < 0 || length > input.Left)
        {
            throw new CheckpointException(CheckpointError.Truncated,
                $"its pickle announces text or bytes of length {length} at byte {instruction}, but {input.Left} bytes are left.");
        }

        ChargeText(length);
        return input.Take(length);
    }

    private BigInteger Long(int length) => length is >= 0 and <= MostIntegerBytes ? new BigInteger(Bytes(length))
        : throw Broken($"holds an integer of {length} bytes; at most {MostIntegerBytes} are read");

    private string NamePart() => Encoding.Latin1.GetString(input.Line(MostNameBytes));

    private byte[] Line()
    {
        var line = input.Line(MostLine);
        ChargeText(line.Length);
        return line;
    }

    // The bytes, and twice as many for text in UTF-16.
    private void ChargeText(long length) => budget.Charge(64 + (3 * length));

    private CheckpointException Forbidden(PickleOpcode opcode)
    {
        var on = stack.LastWord is { } word ? $" (on {word.Name})" : "";
        return new CheckpointException(CheckpointError.ForbiddenOpcode,
            $"its pickle uses the instruction {opcode} at byte {instruction}{on}, which no checkpoint needs. Nothing of it "
                + "was executed.");
    }
}
