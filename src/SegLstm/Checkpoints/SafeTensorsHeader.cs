using System.Buffers.Binary;
using System.Text.Unicode;

namespace SegLstm.Checkpoints;

/// <summary>
/// The validated header of a safetensors file: 8 bytes of little-endian header length, the header (one JSON object, padded
/// with blanks), then the data section, of which every byte belongs to exactly one tensor. Knows bytes, not tensors.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>Bytes of the header length in front of the header.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest header that is read or written, the format's own limit.</summary>
    public const int MaximumLength = 100_000_000;

    private SafeTensorsHeader(Dictionary<string, SafeTensorsInfo> byName, SafeTensorsInfo[] inOrder, Dictionary<string, string> metadata, long dataStart)
    {
        ByName = byName;
        Tensors = inOrder;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafeTensorsInfo> Tensors { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafeTensorsInfo> ByName { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Position of the data section in the file.</summary>
    public long DataStart { get; }

    /// <summary>Reads and validates a header.</summary>
    /// <param name="start">The file's first bytes: the whole header, or the whole file where that is shorter.</param>
    /// <param name="fileLength">Bytes in the whole file.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="SafeTensorsException">Any rule of the format is broken.</exception>
    public static SafeTensorsHeader Parse(ReadOnlySpan<byte> start, long fileLength, string file)
    {
        try
        {
            var length = CheckFrame(start, fileLength);
            var header = start.Slice(PrefixLength, length);
            var reader = new SafeTensorsHeaderReader(header);
            var (tensors, metadata) = reader.Read();
            var dataStart = PrefixLength + (long)length;
            SafeTensorsInfo[] inOrder = [.. tensors.Values];
            CheckLayout(inOrder, fileLength - dataStart);
            return new SafeTensorsHeader(tensors, inOrder, metadata, dataStart);
        }
        catch (SafeTensorsException broken)
        {
            throw new SafeTensorsException(broken.Error, $"{file} is no valid safetensors file: {broken.Message}");
        }
    }

    private static int CheckFrame(ReadOnlySpan<byte> start, long fileLength)
    {
        if (fileLength < PrefixLength)
        {
            throw new SafeTensorsException(SafeTensorsError.FileTooSmall,
                $"expected at least the {PrefixLength} bytes of the header length, got {fileLength}. The file is empty or cut off: copy or write it again.");
        }

        var declared = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (declared > MaximumLength)
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderTooLarge,
                $"its first 8 bytes declare a header of {declared} bytes; at most {MaximumLength} are allowed. It is probably a file of another format.");
        }

        if (declared < 2)
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderTooSmall,
                $"its first 8 bytes declare a header of {declared} bytes, but the smallest header, {{}}, has 2.");
        }

        if ((long)declared > fileLength - PrefixLength)
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderTruncated,
                $"it declares a header of {declared} bytes, but only {fileLength - PrefixLength} follow. The file is cut off: copy or write it again.");
        }

        var header = start.Slice(PrefixLength, (int)declared);
        if (header[0] != (byte)'{')
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderStart,
                $"expected the header to start with '{{' (0x7B) at byte 8, got 0x{header[0]:X2}. It is probably a file of another format.");
        }

        if (!Utf8.IsValid(header))
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderNotUtf8, "its header is not UTF-8 text. The file is damaged.");
        }

        return (int)declared;
    }

    /// <summary>Every byte of the data section belongs to one tensor: no hole, no overlap, nothing behind. This also refuses polyglots.</summary>
    private static void CheckLayout(SafeTensorsInfo[] tensors, long dataLength)
    {
        Array.Sort(tensors, static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var end = 0L;
        SafeTensorsInfo? previous = null;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin > end)
            {
                throw new SafeTensorsException(SafeTensorsError.Hole,
                    $"bytes {end} to {tensor.Begin} of the data belong to no tensor: '{tensor.Name}' begins at {tensor.Begin}, {Described(previous)} ends at {end}.");
            }

            if (tensor.Begin < end)
            {
                throw new SafeTensorsException(SafeTensorsError.Overlap,
                    $"'{tensor.Name}' begins at byte {tensor.Begin} of the data, before {Described(previous)} ends at {end}.");
            }

            end = tensor.End;
            previous = tensor;
        }

        if (end > dataLength)
        {
            throw new SafeTensorsException(SafeTensorsError.DataTruncated,
                $"{Described(previous)} ends at byte {end} of the data, but the file holds only {dataLength}: {end - dataLength} bytes are missing. Copy or write it again.");
        }

        if (end < dataLength)
        {
            throw new SafeTensorsException(SafeTensorsError.TrailingBytes,
                $"the last tensor ends at byte {end} of the data, but the file holds {dataLength}: {dataLength - end} bytes belong to no tensor.");
        }
    }

    private static string Described(SafeTensorsInfo? tensor) => tensor is null ? "the empty data section" : $"'{tensor.Name}'";
}
