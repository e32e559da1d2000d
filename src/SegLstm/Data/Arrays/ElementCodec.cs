using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SegLstm.Data.Arrays;

/// <summary>Stored numbers as float or double.</summary>
internal static class ElementCodec
{
    internal static int Bytes(this ElementType type) => type switch
    {
        ElementType.Int8 or ElementType.UInt8 => 1,
        ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Int32 or ElementType.UInt32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>The type's name as MATLAB and numpy write it.</summary>
    internal static string Word(this ElementType type) => type.ToString().ToLowerInvariant();

    /// <summary>Decodes. The stored bytes may be turned round in place.</summary>
    internal static void Decode<T>(Span<byte> stored, ElementType type, bool isBigEndian, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (isBigEndian == BitConverter.IsLittleEndian) Reverse(stored, type.Bytes());
        switch (type)
        {
            case ElementType.Int8: Convert<sbyte, T>(stored, target); break;
            case ElementType.UInt8: Convert<byte, T>(stored, target); break;
            case ElementType.Int16: Convert<short, T>(stored, target); break;
            case ElementType.UInt16: Convert<ushort, T>(stored, target); break;
            case ElementType.Int32: Convert<int, T>(stored, target); break;
            case ElementType.UInt32: Convert<uint, T>(stored, target); break;
            case ElementType.Int64: Convert<long, T>(stored, target); break;
            case ElementType.UInt64: Convert<ulong, T>(stored, target); break;
            case ElementType.Float32: Convert<float, T>(stored, target); break;
            default: Convert<double, T>(stored, target); break;
        }
    }

    private static void Convert<TStored, T>(Span<byte> stored, Span<T> target)
        where TStored : unmanaged, INumberBase<TStored>
        where T : unmanaged, INumberBase<T>
    {
        var values = MemoryMarshal.Cast<byte, TStored>(stored);
        for (int i = 0; i < target.Length; i++) target[i] = T.CreateTruncating(values[i]);
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2: ReverseAll(MemoryMarshal.Cast<byte, ushort>(bytes)); break;
            case 4: ReverseAll(MemoryMarshal.Cast<byte, uint>(bytes)); break;
            case 8: ReverseAll(MemoryMarshal.Cast<byte, ulong>(bytes)); break;
        }
    }

    private static void ReverseAll(Span<ushort> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void ReverseAll(Span<uint> values) => BinaryPrimitives.ReverseEndianness(values, values);

    private static void ReverseAll(Span<ulong> values) => BinaryPrimitives.ReverseEndianness(values, values);
}
