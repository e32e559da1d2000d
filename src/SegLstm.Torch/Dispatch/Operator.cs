using System.Runtime.InteropServices;
using SegLstm.Torch.Native;
using static TorchSharp.torch;

namespace SegLstm.Torch;

/// <summary>An operator of libtorch, found by its schema name in the dispatcher and called boxed, with autograd.</summary>
/// <remarks>
/// This is the seam to what TorchSharp lacks: whoever uses it does not compile against the TorchSharp package. Keep one in a
/// static field; it is looked up at its first call. Arguments come in the schema's order; those left out at the end take the
/// schema's defaults, so a call stays right when a later libtorch adds arguments.
/// </remarks>
/// <param name="name">The schema's name, for example <c>aten::add</c>.</param>
/// <param name="overload">The schema's overload, for example <c>Tensor</c>; empty where there is none.</param>
public sealed unsafe class Operator(string name, string overload = "")
{
    private nint _handle;

    /// <summary>Whether this libtorch has the operator.</summary>
    public bool Exists => Find() != nint.Zero;

    /// <summary>The schema as libtorch prints it.</summary>
    /// <exception cref="MissingMethodException">This libtorch has no such operator.</exception>
    public string Schema
    {
        get
        {
            Door.OperatorSchema(Resolve(), out byte* text).Check();
            return TakeText(text);
        }
    }

    /// <summary>The names of all operators that begin with <paramref name="prefix"/>, with their overloads (<c>aten::add.Tensor</c>).</summary>
    public static string[] List(string prefix = "")
    {
        Door.OperatorList(prefix, out byte* names).Check();
        string text = TakeText(names);
        return text.Length == 0 ? [] : text.Split('\n');
    }

    /// <summary>Calls an operator that gives one tensor.</summary>
    /// <exception cref="ExternalException">libtorch refused; the message is libtorch's own.</exception>
    /// <exception cref="ArgumentException">The arguments do not fit the schema.</exception>
    public Tensor Invoke(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue result = default;
        Expect(Call(arguments, &result, 1), 1);
        return ToTensor(result) ?? throw new ExternalException($"{this} gave an undefined tensor.");
    }

    /// <summary>Calls an operator that gives two tensors.</summary>
    /// <inheritdoc cref="Invoke"/>
    public (Tensor, Tensor) Invoke2(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue* results = stackalloc DoorValue[8];
        Expect(Call(arguments, results, 8), 2);
        return (ToTensor(results[0])!, ToTensor(results[1])!);
    }

    /// <summary>Calls an operator that gives three tensors.</summary>
    /// <inheritdoc cref="Invoke"/>
    public (Tensor, Tensor, Tensor) Invoke3(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue* results = stackalloc DoorValue[8];
        Expect(Call(arguments, results, 8), 3);
        return (ToTensor(results[0])!, ToTensor(results[1])!, ToTensor(results[2])!);
    }

    /// <summary>Calls an operator that gives a list of tensors.</summary>
    /// <inheritdoc cref="Invoke"/>
    public Tensor[] InvokeList(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue result = default;
        Expect(Call(arguments, &result, 1), 1);
        if (result.Tag != DoorTag.TensorList) throw new ArgumentException($"{this} gives no list of tensors: {Schema}");
        var tensors = new Tensor[result.Count];
        for (int k = 0; k < tensors.Length; k++) tensors[k] = new Tensor(new TensorHandle(((nint*)result.Pointer)[k], 0));
        Door.Free((void*)result.Pointer);
        return tensors;
    }

    /// <summary>Calls an operator for its effect.</summary>
    /// <inheritdoc cref="Invoke"/>
    public void InvokeVoid(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue* results = stackalloc DoorValue[8];
        int count = Call(arguments, results, 8);
        for (int k = 0; k < count; k++)
        {
            if (results[k].Tag == DoorTag.Tensor && results[k].Pointer != nint.Zero) Door.TensorFree(results[k].Pointer);
        }
    }

    /// <summary>Calls an operator that gives an integer.</summary>
    /// <inheritdoc cref="Invoke"/>
    public long InvokeLong(params ReadOnlySpan<Argument> arguments) => Single(arguments, DoorTag.Int).Bits;

    /// <summary>Calls an operator that gives a floating-point number.</summary>
    /// <inheritdoc cref="Invoke"/>
    public double InvokeDouble(params ReadOnlySpan<Argument> arguments) => Single(arguments, DoorTag.Double).Double;

    /// <summary>Calls an operator that gives a truth value.</summary>
    /// <inheritdoc cref="Invoke"/>
    public bool InvokeBool(params ReadOnlySpan<Argument> arguments) => Single(arguments, DoorTag.Bool).Bits != 0;

    /// <summary>Calls an operator that gives a number of any type (a Python scalar).</summary>
    /// <inheritdoc cref="Invoke"/>
    public object InvokeNumber(params ReadOnlySpan<Argument> arguments)
    {
        DoorValue result = default;
        Expect(Call(arguments, &result, 1), 1);
        return result.Tag switch
        {
            DoorTag.Int => result.Bits,
            DoorTag.Double => result.Double,
            DoorTag.Bool => result.Bits != 0,
            _ => throw new ArgumentException($"{this} gives no number: {Schema}"),
        };
    }

    /// <summary>The name with its overload.</summary>
    public override string ToString() => overload.Length == 0 ? name : $"{name}.{overload}";

    internal static Tensor? ToTensor(in DoorValue value) =>
        value.Tag != DoorTag.Tensor || value.Pointer == nint.Zero ? null : new Tensor(new TensorHandle(value.Pointer, value.Bytes));

    private DoorValue Single(ReadOnlySpan<Argument> arguments, DoorTag tag)
    {
        DoorValue result = default;
        Expect(Call(arguments, &result, 1), 1);
        return result.Tag == tag ? result : throw new ArgumentException($"{this} gives no {tag}: {Schema}");
    }

    private void Expect(int count, int wanted)
    {
        if (count < wanted) throw new ArgumentException($"{this} gives {count} results, {wanted} expected: {Schema}");
    }

    private int Call(ReadOnlySpan<Argument> arguments, DoorValue* results, int capacity)
    {
        nint handle = _handle != nint.Zero ? _handle : Resolve();
        int scratchSize = ArgumentMarshaller.ScratchBytes(arguments);
        byte* heap = scratchSize > 512 ? (byte*)NativeMemory.Alloc((nuint)scratchSize) : null;
        byte* stack = stackalloc byte[heap is null ? scratchSize : 0];
        DoorValue* values = stackalloc DoorValue[arguments.Length];
        var marshaller = new ArgumentMarshaller(heap is null ? stack : heap);
        try
        {
            marshaller.Write(arguments, values);
            Door.OperatorCall(handle, values, arguments.Length, results, capacity, out int count).Check();
            return count;
        }
        finally
        {
            marshaller.Release(arguments);
            if (heap is not null) NativeMemory.Free(heap);
        }
    }

    private nint Find()
    {
        if (_handle == nint.Zero)
        {
            Door.OperatorFind(name, overload, out nint found).Check();
            _handle = found;
        }
        return _handle;
    }

    private nint Resolve()
    {
        nint handle = Find();
        if (handle != nint.Zero) return handle;
        string[] others = List(name + ".").Concat(List(name).Where(other => other == name)).ToArray();
        throw new MissingMethodException(
            $"libtorch {DoorLoader.TorchVersion} has no operator {this}. " +
            (others.Length == 0 ? $"It has none called {name}." : $"It has: {string.Join(", ", others)}."));
    }

    private static string TakeText(byte* text)
    {
        string taken = Marshal.PtrToStringUTF8((nint)text) ?? "";
        Door.Free(text);
        return taken;
    }
}
