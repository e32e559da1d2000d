using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SegLstm.Tests.Data.Arrays.Matlab;

/// <summary>Writes MATLAB files byte by byte, good and bad ones.</summary>
internal sealed class MatBytes(bool isBigEndian = false)
{
    private readonly MemoryStream _file = new();

    /// <summary>A number class of MATLAB: its number, and the type that stores it plainly.</summary>
    public static (int Class, int Type) Code(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Double => (6, 9),
        TypeCode.Single => (7, 7),
        TypeCode.SByte => (8, 1),
        TypeCode.Byte => (9, 2),
        TypeCode.Int16 => (10, 3),
        TypeCode.UInt16 => (11, 4),
        TypeCode.Int32 => (12, 5),
        TypeCode.UInt32 => (13, 6),
        TypeCode.Int64 => (14, 12),
        _ => (15, 13),
    };

    public byte[] File() => [.. Header(), .. _file.ToArray()];

    /// <summary>The file without the head of v5: v4 has none.</summary>
    public byte[] FileOfV4() => _file.ToArray();

    /// <summary>Adds a matrix; the numbers in MATLAB's order, the first index fastest.</summary>
    public MatBytes Add<T>(string name, int[] shape, T[] values, bool isCompressed = false, int? storedAs = null, int? mxClass = null,
        int flags = 0)
        where T : unmanaged
    {
        var (kind, type) = Code(typeof(T));
        byte[] data = [.. values.SelectMany(value => Stored(value))];
        byte[] matrix =
        [
            .. Element(6, [.. Int((uint)((mxClass ?? kind) | flags)), .. Int(0)]), .. Element(5,
                [.. shape.SelectMany(size => Int((uint)size))]),
            .. Element(1, Encoding.UTF8.GetBytes(name)), .. Element(storedAs ?? type, data),
        ];
        AddElement(14, matrix, isCompressed);
        return this;
    }

    public MatBytes AddElement(int type, byte[] data, bool isCompressed = false)
    {
        if (!isCompressed)
        {
            _file.Write(Element(type, data));
            return this;
        }

        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(Element(type, data));
        _file.Write([.. Int(15), .. Int((uint)packed.Length), .. packed.ToArray()]);
        return this;
    }

    /// <summary>Adds a matrix of v4.</summary>
    public MatBytes AddV4(string name, int mopt, int rows, int columns, byte[] data, int imaginary = 0)
    {
        byte[] letters = [.. Encoding.ASCII.GetBytes(name), 0];
        _file.Write([.. Int((uint)mopt), .. Int((uint)rows), .. Int((uint)columns), .. Int((uint)imaginary),
            .. Int((uint)letters.Length), .. letters, .. data]);
        return this;
    }

    public byte[] Stored<T>(T value)
        where T : unmanaged
    {
        byte[] bytes = value switch
        {
            double v => BitConverter.GetBytes(v),
            float v => BitConverter.GetBytes(v),
            sbyte v => [(byte)v],
            byte v => [v],
            short v => BitConverter.GetBytes(v),
            ushort v => BitConverter.GetBytes(v),
            int v => BitConverter.GetBytes(v),
            uint v => BitConverter.GetBytes(v),
            long v => BitConverter.GetBytes(v),
            ulong v => BitConverter.GetBytes(v),
            _ => throw new NotSupportedException(typeof(T).Name),
        };
        if (isBigEndian) Array.Reverse(bytes);
        return bytes;
    }

    public byte[] Int(uint value)
    {
        byte[] bytes = new byte[4];
        if (isBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>An element: up to four bytes within its tag, as MATLAB writes them.</summary>
    public byte[] Element(int type, byte[] data) => data.Length is > 0 and <= 4
        ? [.. Int((uint)(data.Length << 16) | (uint)type), .. data, .. new byte[4 - data.Length]]
        : [.. Int((uint)type), .. Int((uint)data.Length), .. data, .. new byte[-data.Length & 7]];

    private byte[] Header()
    {
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written by a test".PadRight(116)).CopyTo(header, 0);
        (header[124], header[125], header[126], header[127]) = isBigEndian ? ((byte)1, (byte)0, (byte)'M', (byte)'I') : ((byte)0,
            (byte)1, (byte)'I', (byte)'M');
        return header;
    }
}
