using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SegLstm.Checkpoints;

/// <summary>Reads a safetensors header's JSON token by token, so that duplicates, which most JSON readers drop, are seen.</summary>
internal ref struct SafeTensorsHeaderReader(ReadOnlySpan<byte> header)
{
    public const string MetadataName = "__metadata__";
    private const int MaximumRank = 64, EntryCost = 320;

    private readonly int length = header.Length;
    private readonly ReadOnlySpan<byte> text = header;
    private Utf8JsonReader json = new(header, isFinalBlock: false, state: default);
    private long memory = MemoryBudget.Start + header.Length;

    /// <summary>Reads the whole header.</summary>
    /// <returns>Tensors by name, and the metadata.</returns>
    /// <exception cref="SafeTensorsException">The text is not JSON, or not the JSON of the format.</exception>
    public (Dictionary<string, SafeTensorsInfo> Tensors, Dictionary<string, string> Metadata) Read()
    {
        try
        {
            return ReadObject();
        }
        catch (JsonException broken)
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderNotJson,
                $"its header is not JSON at byte {json.BytesConsumed} of {length}: {broken.Message}");
        }
    }

    private (Dictionary<string, SafeTensorsInfo>, Dictionary<string, string>) ReadObject()
    {
        var tensors = new Dictionary<string, SafeTensorsInfo>(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;
        Next();
        while (Next() == JsonTokenType.PropertyName)
        {
            var name = Text(SafeTensorsError.InvalidName, "a tensor's name", "");
            if (name == MetadataName)
            {
                Refuse(metadata is not null, SafeTensorsError.DuplicateMetadata, $"{MetadataName} stands twice in the header.");
                metadata = ReadMetadata();
                continue;
            }

            CheckName(name);
            Pay(EntryCost + (2L * name.Length));
            ref var info = ref CollectionsMarshal.GetValueRefOrAddDefault(tensors, name, out var twice);
            Refuse(twice, SafeTensorsError.DuplicateName, $"tensor '{name}' is described twice in the header.");
            info = ReadTensor(name);
        }

        // The reader would also refuse what follows the object, but not say that the object itself was whole.
        Refuse(text[(int)json.BytesConsumed..].ContainsAnyExcept(" \t\r\n"u8), SafeTensorsError.HeaderTrailingContent,
            $"something follows the header's JSON object, which ends at byte {json.BytesConsumed} of {length}; only blanks may.");
        return (tensors, metadata ?? []);
    }

    public static void CheckName(string name)
    {
        Refuse(name.Length == 0, SafeTensorsError.EmptyName, $"a tensor's name is empty. Every tensor needs a name.");
        Refuse(name.Any(char.IsControl) || !IsText(name), SafeTensorsError.InvalidName,
            $"the tensor name '{new string([.. name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)])}' holds control characters or broken text (shown as ?).");
    }

    /// <summary>Whether UTF-16 text has no half of a surrogate pair.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!Rune.TryGetRuneAt(text, i, out _))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    private void Pay(long bytes)
    {
        memory -= bytes;
        Refuse(memory < 0, SafeTensorsError.TooMuchMemory,
            $"its header of {length} bytes describes more parts than {MemoryBudget.Start >> 20} MiB of memory beyond its size hold.");
    }

    private Dictionary<string, string> ReadMetadata()
    {
        Refuse(Next() != JsonTokenType.StartObject, SafeTensorsError.MetadataNotObject,
            $"expected {MetadataName} to be an object of strings, got {json.TokenType}.");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Next() == JsonTokenType.PropertyName)
        {
            var key = Text(SafeTensorsError.InvalidMetadataText, "a metadata key", "");
            Refuse(Next() != JsonTokenType.String, SafeTensorsError.MetadataValueNotString,
                $"expected metadata '{key}' to be a string, got {json.TokenType}. Numbers and lists must be written as text.");
            var value = Text(SafeTensorsError.InvalidMetadataText, "metadata ", key);
            Pay(EntryCost + (2L * (key.Length + value.Length)));
            Refuse(!metadata.TryAdd(key, value), SafeTensorsError.DuplicateMetadataKey, $"metadata '{key}' stands twice in the header.");
        }

        return metadata;
    }

    private SafeTensorsInfo ReadTensor(string name)
    {
        Refuse(Next() != JsonTokenType.StartObject, SafeTensorsError.TensorNotObject,
            $"expected tensor '{name}' to be described by an object, got {json.TokenType}.");
        SafeTensorsDType? dtype = null;
        long[]? shape = null;
        (long Begin, long End)? offsets = null;
        while (Next() == JsonTokenType.PropertyName)
        {
            // A name is read as text first: a lone surrogate escape, such as \ud800, can be compared with nothing.
            var field = Text(SafeTensorsError.UnknownField, "a field of tensor ", name);
            if (field == "dtype")
            {
                Refuse(dtype is not null, SafeTensorsError.DuplicateField, $"the field dtype of tensor '{name}' stands twice.");
                dtype = ReadDType(name);
            }
            else if (field == "shape")
            {
                Refuse(shape is not null, SafeTensorsError.DuplicateField, $"the field shape of tensor '{name}' stands twice.");
                shape = ReadShape(name);
            }
            else
            {
                Refuse(field != "data_offsets", SafeTensorsError.UnknownField,
                    $"tensor '{name}' has the field '{Printable.Of(field)}'; known are dtype, shape, data_offsets.");
                Refuse(offsets is not null, SafeTensorsError.DuplicateField, $"the field data_offsets of tensor '{name}' stands twice.");
                offsets = ReadOffsets(name);
            }
        }

        Refuse(dtype is null, SafeTensorsError.MissingDType, $"tensor '{name}' has no dtype.");
        Refuse(shape is null, SafeTensorsError.MissingShape, $"tensor '{name}' has no shape.");
        Refuse(offsets is null, SafeTensorsError.MissingOffsets, $"tensor '{name}' has no data_offsets.");
        var info = new SafeTensorsInfo(name, dtype!.Value, shape!, offsets!.Value.Begin, offsets.Value.End);
        var bytes = ByteCount(name, info.DType, shape!);
        Refuse(bytes != info.ByteCount, SafeTensorsError.SizeMismatch,
            $"tensor '{name}': {info.DType.Name} [{string.Join(", ", shape!)}] takes {bytes} bytes, but its data_offsets [{info.Begin}, {info.End}] span {info.ByteCount}.");
        return info;
    }

    private SafeTensorsDType ReadDType(string name)
    {
        Refuse(Next() != JsonTokenType.String, SafeTensorsError.DTypeNotString,
            $"expected the dtype of tensor '{name}' to be a string, got {json.TokenType}.");
        var text = Text(SafeTensorsError.UnknownDType, "the dtype of tensor ", name);
        Refuse(!SafeTensorsDTypes.TryParse(text, out var dtype), SafeTensorsError.UnknownDType,
            $"tensor '{name}' has the dtype '{text}'; known are {string.Join(", ", SafeTensorsDTypes.Names)}.");
        return dtype;
    }

    private long[] ReadShape(string name)
    {
        Refuse(Next() != JsonTokenType.StartArray, SafeTensorsError.ShapeNotArray,
            $"expected the shape of tensor '{name}' to be an array, got {json.TokenType}.");
        Span<long> shape = stackalloc long[MaximumRank];
        var rank = 0;
        while (Next() != JsonTokenType.EndArray)
        {
            Refuse(rank == MaximumRank, SafeTensorsError.TooManyDimensions, $"tensor '{name}' has more than {MaximumRank} dimensions.");
            shape[rank] = Integer("dimension", rank, name,
                SafeTensorsError.DimensionNotInteger, SafeTensorsError.NegativeDimension, SafeTensorsError.DimensionTooLarge);
            rank++;
        }

        return shape[..rank].ToArray();
    }

    private (long Begin, long End) ReadOffsets(string name)
    {
        Refuse(Next() != JsonTokenType.StartArray, SafeTensorsError.OffsetsNotPair,
            $"expected the data_offsets of tensor '{name}' to be [begin, end], got {json.TokenType}.");
        Span<long> pair = stackalloc long[2];
        for (var i = 0; i < 2; i++)
        {
            Refuse(Next() == JsonTokenType.EndArray, SafeTensorsError.OffsetsNotPair,
                $"expected the data_offsets of tensor '{name}' to be [begin, end], got {i} numbers.");
            pair[i] = Integer("data offset", i, name,
                SafeTensorsError.OffsetNotInteger, SafeTensorsError.NegativeOffset, SafeTensorsError.OffsetTooLarge);
        }

        Refuse(Next() != JsonTokenType.EndArray, SafeTensorsError.OffsetsNotPair,
            $"expected the data_offsets of tensor '{name}' to be [begin, end], got more than 2 values.");
        Refuse(pair[1] < pair[0], SafeTensorsError.OffsetsReversed, $"tensor '{name}' ends at {pair[1]}, before it begins at {pair[0]}.");
        return (pair[0], pair[1]);
    }

    private readonly long Integer(string what, int index, string name, SafeTensorsError notInteger, SafeTensorsError negative, SafeTensorsError tooLarge)
    {
        Refuse(json.TokenType != JsonTokenType.Number, notInteger, $"expected {what} {index} of tensor '{name}' to be an integer, got {json.TokenType}.");
        var digits = json.ValueSpan;
        Refuse(digits.ContainsAny(".eE"u8), notInteger, $"expected {what} {index} of tensor '{name}' to be an integer, got {Encoding.UTF8.GetString(digits)}.");
        Refuse(digits[0] == (byte)'-', negative, $"{what} {index} of tensor '{name}' is negative: {Encoding.UTF8.GetString(digits)}.");
        Refuse(!json.TryGetInt64(out var value), tooLarge, $"{what} {index} of tensor '{name}' does not fit 64 bits: {Encoding.UTF8.GetString(digits)}.");
        return value;
    }

    private static long ByteCount(string name, SafeTensorsDType dtype, long[] shape)
    {
        var elements = 1L;
        foreach (var size in shape)
        {
            var fits = Math.BigMul(elements, size, out var product) == 0 && product >= 0;
            Refuse(!fits, SafeTensorsError.ElementCountOverflow,
                $"tensor '{name}': the product of its dimensions [{string.Join(", ", shape)}] overflows 64 bits.");
            elements = product;
        }

        Refuse(elements > long.MaxValue / dtype.Size, SafeTensorsError.ByteCountOverflow,
            $"tensor '{name}': {elements} elements of {dtype.Size} bytes overflow 64 bits.");
        return elements * dtype.Size;
    }

    private JsonTokenType Next()
    {
        // The last block is announced as unfinished so that padding and trailing content stay ours to judge; running out of text inside the object is an error.
        Refuse(!json.Read(), SafeTensorsError.HeaderNotJson, $"its header's JSON breaks off at byte {json.BytesConsumed} of {length}.");
        return json.TokenType;
    }

    /// <summary>The current string; text with a lone surrogate escape such as \ud800 is no text.</summary>
    private readonly string Text(SafeTensorsError error, string what, string name)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new SafeTensorsException(error, $"{what}{name} is not valid text (an incomplete \\u escape) near byte {json.TokenStartIndex} of the header.");
        }
    }

    private static void Refuse([DoesNotReturnIf(true)] bool broken, SafeTensorsError error,
        [InterpolatedStringHandlerArgument(nameof(broken))] ref RefusalMessage message)
    {
        if (broken)
        {
            throw new SafeTensorsException(error, message.ToString());
        }
    }
}
