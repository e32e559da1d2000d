using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>Where each tensor goes in a file to be written.</summary>
internal sealed class SafeTensorsLayout
{
    private SafeTensorsLayout(List<(SafeTensorsInfo Info, Tensor Tensor)> entries) => Entries = entries;

    public IReadOnlyList<(SafeTensorsInfo Info, Tensor Tensor)> Entries { get; }

    /// <summary>Orders tensors by descending element size, so that each is aligned to its own, then by name.</summary>
    public static SafeTensorsLayout Of(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var typed = new List<(string Name, SafeTensorsDType DType, Tensor Tensor)>();
        foreach (var (name, tensor) in tensors)
        {
            CheckName(path, name, names);
            if (tensor.is_sparse)
            {
                throw new SafeTensorsException(SafeTensorsError.UnsupportedLayout,
                    $"{path}: tensor '{name}' is sparse; safetensors holds dense tensors. Save name.to_dense() instead.");
            }

            if (!SafeTensorsDTypes.TryFrom(tensor.dtype, out var dtype))
            {
                throw new SafeTensorsException(SafeTensorsError.UnsupportedDType,
                    $"{path}: tensor '{name}' is {tensor.dtype}, which safetensors has no type for. Save it as two real tensors or as another type.");
            }

            typed.Add((name, dtype, tensor));
        }

        typed.Sort(static (a, b) => b.DType.Size.CompareTo(a.DType.Size) is var bySize and not 0 ? bySize : string.CompareOrdinal(a.Name, b.Name));
        var entries = new List<(SafeTensorsInfo, Tensor)>();
        var end = 0L;
        foreach (var (name, dtype, tensor) in typed)
        {
            var begin = end;
            end = checked(begin + (tensor.numel() * dtype.Size));
            entries.Add((new SafeTensorsInfo(name, dtype, [.. tensor.shape], begin, end), tensor));
        }

        return new SafeTensorsLayout(entries);
    }

    /// <summary>The bytes in front of the data: length and JSON, padded with blanks so that the data starts at a multiple of 8.</summary>
    public byte[] Header(string path, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[SafeTensorsHeader.PrefixLength]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(path, json, metadata);
            foreach (var (info, _) in Entries)
            {
                json.WriteStartObject(info.Name);
                json.WriteString("dtype", info.DType.Name);
                WriteNumbers(json, "shape", info.Shape);
                WriteNumbers(json, "data_offsets", [info.Begin, info.End]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % SafeTensorsHeader.PrefixLength != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        var header = buffer.ToArray();
        var length = header.Length - SafeTensorsHeader.PrefixLength;
        if (length > SafeTensorsHeader.MaximumLength)
        {
            throw new SafeTensorsException(SafeTensorsError.HeaderTooLarge,
                $"{path}: names, shapes and metadata take {length} bytes; a safetensors header holds at most {SafeTensorsHeader.MaximumLength}. Save fewer tensors a file or shorten the metadata.");
        }

        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        return header;
    }

    private static void CheckName(string path, string name, HashSet<string> names)
    {
        try
        {
            SafeTensorsHeaderReader.CheckName(name);
        }
        catch (SafeTensorsException broken)
        {
            throw new SafeTensorsException(broken.Error, $"{path} was not written: {broken.Message}");
        }

        if (name == SafeTensorsHeaderReader.MetadataName)
        {
            throw new SafeTensorsException(SafeTensorsError.ReservedName,
                $"{path} was not written: {name} is the name of the header's metadata. Give the tensor another name.");
        }

        if (!names.Add(name))
        {
            throw new SafeTensorsException(SafeTensorsError.DuplicateName,
                $"{path} was not written: two tensors are called '{name}'.");
        }
    }

    private static void WriteMetadata(string path, Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
        {
            return;
        }

        json.WriteStartObject(SafeTensorsHeaderReader.MetadataName);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!SafeTensorsHeaderReader.IsText(key) || !SafeTensorsHeaderReader.IsText(value))
            {
                throw new SafeTensorsException(SafeTensorsError.InvalidMetadataText,
                    $"{path} was not written: metadata '{key}' holds half a surrogate pair, which is no Unicode text.");
            }

            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string field, IEnumerable<long> numbers)
    {
        json.WriteStartArray(field);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
