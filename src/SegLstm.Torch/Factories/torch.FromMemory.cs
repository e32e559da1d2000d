using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SegLstm.Torch;
using SegLstm.Torch.Native;

namespace TorchSharp;

public static partial class torch
{

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    /// <exception cref="ArgumentException">The array's elements have no element type.</exception>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    /// <exception cref="ArgumentException">The array's elements have no element type.</exception>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ScalarType type = TypeOf(rawArray.GetType().GetElementType()!);
        Tensor raw = empty(Enumerable.Range(0, rawArray.Rank).Select(d => rawArray.GetLongLength(d)).ToArray(), type, CPU);
        CopyBytes(rawArray, raw);
        return Finish(raw, type, dtype, device, requires_grad, names);
    }

    /// <summary>The array as a tensor.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>A tensor over the array's own memory: changes of one are seen in the other.</summary>
    /// <param name="rawArray">The array; it is pinned as long as the tensor lives.</param>
    /// <param name="dtype">The type to read its bytes as.</param>
    /// <param name="count">The number of elements; all after the offset if -1.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="requires_grad">Whether gradients are recorded for it.</param>
    /// <exception cref="ArgumentException">The array has no such bytes.</exception>
    public static unsafe Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        long bytes = Buffer.ByteLength(rawArray);
        long size = ElementSizeOf(dtype);
        if (count < 0) count = (bytes - offset) / size;
        if (offset < 0 || offset + count * size > bytes)
            throw new ArgumentException($"{count} elements of {dtype} from byte {offset} on need {offset + count * size} bytes, the array has {bytes}");
        GCHandle pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        Door.TensorFromMemory((byte*)pin.AddrOfPinnedObject() + offset, &count, 1, (int)dtype, &Unpin, GCHandle.ToIntPtr(pin), out DoorValue result).Check();
        return Operator.ToTensor(result)!.requires_grad_(requires_grad);
    }

    internal static long ElementSizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };

    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device,
        bool requires_grad, string[]? names) where T : unmanaged
    {
        long elements = 1;
        foreach (long size in dimensions) elements *= size;
        if (elements != data.Length)
            throw new ArgumentException($"shape [{string.Join(", ", dimensions.ToArray())}] has {elements} elements, got {data.Length}");
        Tensor raw = empty(dimensions, type, CPU);
        data.CopyTo(new Span<T>(raw.Info.Data, data.Length));
        return Finish(raw, type, dtype, device, requires_grad, names);
    }

    private static Tensor FromNDArray<T>(Array data, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        Tensor raw = empty(Enumerable.Range(0, data.Rank).Select(d => data.GetLongLength(d)).ToArray(), type, CPU);
        CopyBytes(data, raw);
        return Finish(raw, type, dtype, device, requires_grad, names);
    }

    private static unsafe void CopyBytes(Array data, Tensor target)
    {
        nuint bytes = (nuint)(target.numel() * target.element_size());
        if (bytes == 0) return;
        fixed (byte* source = &MemoryMarshal.GetArrayDataReference(data)) NativeMemory.Copy(source, target.Info.Data, bytes);
    }

    // Converts what was copied in and disposes the copy where a converted one takes its place.
    private static Tensor Finish(Tensor raw, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        device ??= get_default_device();
        Tensor made = raw;
        if ((dtype is { } wanted && wanted != type) || device.type != DeviceType.CPU)
        {
            made = raw.to(dtype ?? type, device);
            raw.Dispose();
        }
        return Made(made, requires_grad, names);
    }

    private static Tensor Made(Tensor tensor, bool requires_grad, string[]? names)
    {
        if (names is not null) throw new NotSupportedException("named dimensions are not supported: pass names: null");
        if (requires_grad) tensor.requires_grad = true;
        return tensor;
    }

    private static ScalarType DefaultTypeOf(Scalar value) =>
        value.IsBool ? ScalarType.Bool : value.IsInteger ? ScalarType.Int64 : value.IsComplex ? ScalarType.ComplexFloat32 : get_default_dtype();

    private static ScalarType TypeOf(Type element)
    {
        foreach (ScalarType type in Enum.GetValues<ScalarType>())
        {
            if (Tensor.ClrType(type) == element) return type;
        }
        throw new ArgumentException($"an array of {element.Name} is no tensor: its elements have no element type");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Unpin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
