using System.Numerics;
using System.Text;
using SegLstm.Torch.Native;
using static TorchSharp.torch;

namespace SegLstm.Torch;

/// <summary>Lays arguments out for one call and holds the tensors among them until it has returned.</summary>
/// <remarks>Lists and strings are copied to a scratch on the caller's stack: they are short, and nothing need be pinned.</remarks>
internal unsafe ref struct ArgumentMarshaller(byte* scratch)
{
    private byte* _next = scratch;
    private int _held;

    internal static int ScratchBytes(ReadOnlySpan<Argument> arguments)
    {
        int bytes = 0;
        foreach (ref readonly Argument argument in arguments)
        {
            bytes += argument.Reference switch
            {
                null or Tensor or Generator => 0,
                long[] list => list.Length * sizeof(long),
                double[] list => list.Length * sizeof(double),
                Tensor?[] list => list.Length * sizeof(nint),
                bool[] list => Align(list.Length),
                string text => Align(Encoding.UTF8.GetByteCount(text)),
                Complex => 2 * sizeof(double),
                _ => throw new ArgumentException($"an argument of type {argument.Reference.GetType()} has no form in libtorch"),
            };
        }
        return bytes;
    }

    internal void Write(ReadOnlySpan<Argument> arguments, DoorValue* values)
    {
        foreach (ref readonly Argument argument in arguments)
        {
            DoorValue* value = values + _held;
            *value = new DoorValue { Tag = argument.Tag, Bits = argument.Bits };
            // Counted before it is written: Release passes over what was never acquired.
            switch (argument.Reference)
            {
                case Tensor tensor:
                    value->Bits = tensor.Acquire();
                    break;
                case Generator generator:
                    value->Bits = generator.Acquire();
                    break;
                case Tensor?[] list:
                    WriteTensors(list, value);
                    break;
                case long[] list:
                    Copy<long>(list, value);
                    break;
                case double[] list:
                    Copy<double>(list, value);
                    break;
                case bool[] list:
                    Copy<bool>(list, value);
                    break;
                case string text:
                    value->Count = Encoding.UTF8.GetBytes(text, new Span<byte>(_next, Encoding.UTF8.GetByteCount(text)));
                    Place(value, value->Count);
                    break;
                case Complex number:
                    ((double*)_next)[0] = number.Real;
                    ((double*)_next)[1] = number.Imaginary;
                    Place(value, 2 * sizeof(double));
                    break;
            }
            _held++;
        }
    }

    internal void Release(ReadOnlySpan<Argument> arguments)
    {
        for (int k = 0; k < _held; k++)
        {
            switch (arguments[k].Reference)
            {
                case Tensor tensor:
                    tensor.Release();
                    break;
                case Generator generator:
                    generator.Release();
                    break;
                case Tensor?[] list:
                    foreach (Tensor? entry in list) entry?.Release();
                    break;
            }
        }
    }

    private void WriteTensors(Tensor?[] list, DoorValue* value)
    {
        var handles = (nint*)_next;
        int acquired = 0;
        try
        {
            for (; acquired < list.Length; acquired++) handles[acquired] = list[acquired]?.Acquire() ?? nint.Zero;
        }
        catch
        {
            while (acquired-- > 0) list[acquired]?.Release();
            throw;
        }
        value->Count = list.Length;
        Place(value, list.Length * sizeof(nint));
    }

    private void Copy<T>(scoped ReadOnlySpan<T> items, DoorValue* value) where T : unmanaged
    {
        items.CopyTo(new Span<T>(_next, items.Length));
        value->Count = items.Length;
        Place(value, items.Length * sizeof(T));
    }

    private void Place(DoorValue* value, int bytes)
    {
        value->Bits = (long)(nint)_next;
        _next += Align(bytes);
    }

    private static int Align(int bytes) => (bytes + 7) & ~7;
}
