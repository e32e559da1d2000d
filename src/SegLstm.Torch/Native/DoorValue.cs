using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>An argument or a result on its way through the door: <c>struct Value</c> of src/native/door.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DoorValue
{
    internal DoorTag Tag;
    internal int Count;
    internal long Bits;
    internal long Bytes;

    internal readonly nint Pointer => (nint)Bits;

    internal readonly double Double => BitConverter.Int64BitsToDouble(Bits);
}

/// <summary>What a <see cref="DoorValue"/> holds: <c>struct Tag</c> of src/native/door.h.</summary>
internal enum DoorTag
{
    Default = 0,
    None = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    Tensor = 5,
    String = 6,
    IntList = 7,
    DoubleList = 8,
    BoolList = 9,
    TensorList = 10,
    Device = 11,
    Generator = 12,
    Complex = 13,
}
