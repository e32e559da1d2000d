using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>Writes a dictionary of tensors as the pickle that torch writes: protocol 2, storages as persistent ids.</summary>
internal sealed class PickleWriter
{
    private readonly MemoryStream bytes = new();
    private readonly Dictionary<string, int> memo = new(StringComparer.Ordinal);

    /// <summary>The pickle of a dictionary.</summary>
    /// <param name="tensors">Names, and windows on numbered storages.</param>
    public static byte[] Write(IEnumerable<(string Name, StorageWindow Window)> tensors)
    {
        var writer = new PickleWriter();
        writer.Byte(PickleOpcode.Proto, 2);
        writer.Op(PickleOpcode.EmptyDict);
        writer.Op(PickleOpcode.Mark);
        foreach (var (name, window) in tensors)
        {
            writer.Text(name);
            writer.Tensor(window);
        }

        writer.Op(PickleOpcode.SetItems);
        writer.Op(PickleOpcode.Stop);
        return writer.bytes.ToArray();
    }

    /// <summary>_rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks).</summary>
    private void Tensor(StorageWindow window)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Op(PickleOpcode.Mark);
        Storage(window);
        Integer(window.Offset);
        Tuple(window.Shape);
        Tuple(window.Strides);
        Op(PickleOpcode.NewFalse);
        Global("collections", "OrderedDict");
        Op(PickleOpcode.EmptyTuple);
        Op(PickleOpcode.Reduce);
        Op(PickleOpcode.Tuple);
        Op(PickleOpcode.Reduce);
    }

    private void Storage(StorageWindow window)
    {
        Op(PickleOpcode.Mark);
        Remembered("storage", () => Text("storage"));
        Global("torch", TensorTypes.StorageOf(window.DType));
        Text(window.Key);
        Remembered("cpu", () => Text("cpu"));
        Integer(window.Count);
        Op(PickleOpcode.Tuple);
        Op(PickleOpcode.BinPersId);
    }

    private void Tuple(long[] numbers)
    {
        Op(PickleOpcode.Mark);
        foreach (var number in numbers)
        {
            Integer(number);
        }

        Op(PickleOpcode.Tuple);
    }

    private void Integer(long number)
    {
        Span<byte> four = stackalloc byte[4];
        switch (number)
        {
            case >= 0 and <= byte.MaxValue:
                Byte(PickleOpcode.BinInt1, (byte)number);
                break;
            case >= 0 and <= int.MaxValue:
                BinaryPrimitives.WriteInt32LittleEndian(four, (int)number);
                Op(PickleOpcode.BinInt);
                bytes.Write(four);
                break;
            default:
                var digits = new BigInteger(number).ToByteArray();
                Byte(PickleOpcode.Long1, (byte)digits.Length);
                bytes.Write(digits);
                break;
        }
    }

    private void Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Op(PickleOpcode.BinUnicode);
        bytes.Write(length);
        bytes.Write(utf8);
    }

    private void Global(string module, string name) => Remembered($"{module}\n{name}\n", () =>
    {
        Op(PickleOpcode.Global);
        bytes.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    });

    // There are fewer than 256 such values.
    private void Remembered(string key, Action write)
    {
        if (memo.TryGetValue(key, out var index))
        {
            Byte(PickleOpcode.BinGet, (byte)index);
            return;
        }

        write();
        Byte(PickleOpcode.BinPut, (byte)memo.Count);
        memo.Add(key, memo.Count);
    }

    private void Op(PickleOpcode opcode) => bytes.WriteByte((byte)opcode);

    private void Byte(PickleOpcode opcode, byte argument)
    {
        Op(opcode);
        bytes.WriteByte(argument);
    }
}
