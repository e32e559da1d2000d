using System.Text.Json;
using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// A training state in a safetensors file. A digest over names, shapes, values and the header's text tells a whole file from one
/// that a disk damaged; the file itself appears whole or not at all (<see cref="AtomicFile"/>).
/// </summary>
internal sealed class TrainingStateFile : IDisposable
{
    private const string HeaderKey = "seglstm.training_state", DigestKey = "seglstm.sha256";

    private TrainingStateFile(string path, TrainingStateHeader header, Dictionary<string, Tensor> tensors)
    {
        (Path, Header, Tensors) = (path, header, tensors);
    }

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>Numbers and settings.</summary>
    public TrainingStateHeader Header { get; }

    /// <summary>Tensors on the CPU, which this object owns.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Writes a state.</summary>
    public static void Write(string path, TrainingStateHeader header, IReadOnlyDictionary<string, Tensor> tensors)
    {
        string text = JsonSerializer.Serialize(header);
        SafeTensors.Save(path, tensors, new Dictionary<string, string>
        {
            [HeaderKey] = text, [DigestKey] = TensorDigest.Of(tensors, text),
        });
    }

    /// <summary>Reads a state and verifies it.</summary>
    /// <exception cref="SafeTensorsException">The file is cut off or breaks another rule of its format.</exception>
    /// <exception cref="InvalidDataException">It is no training state, of a later version, or damaged.</exception>
    public static TrainingStateFile Read(string path)
    {
        string? text, digest;
        using (SafeTensorsFile file = SafeTensors.Open(path))
        {
            text = file.Metadata.GetValueOrDefault(HeaderKey);
            digest = file.Metadata.GetValueOrDefault(DigestKey);
        }

        if (text is null || digest is null) throw new InvalidDataException($"{path} is no training state: it has no header.");
        Dictionary<string, Tensor> tensors = SafeTensors.Load(path);
        try
        {
            if (TensorDigest.Of(tensors, text) != digest)
            {
                throw new InvalidDataException($"{path} is damaged: its contents are not those that were saved.");
            }

            TrainingStateHeader header = Parse(path, text);
            foreach (Tensor value in tensors.Values) value.DetachFromDisposeScope();
            return new TrainingStateFile(path, header, tensors);
        }
        catch
        {
            foreach (Tensor value in tensors.Values) value.Dispose();
            throw;
        }
    }

    /// <summary>Copies values into the tensors that are to have them.</summary>
    /// <param name="live">The tensors, by the names they were saved under.</param>
    /// <param name="others">Names that have to be there beside them.</param>
    /// <param name="owner">Whose state it should be: a model's.</param>
    /// <exception cref="InvalidDataException">Names or shapes differ; nothing is changed.</exception>
    public void CopyTo(IReadOnlyDictionary<string, Tensor> live, IEnumerable<string> others, string owner)
    {
        string[] faults =
        [
            .. live.Where(entry => !Tensors.TryGetValue(entry.Key, out Tensor? saved)
                || !saved.shape.SequenceEqual(entry.Value.shape)).Select(entry => entry.Key),
            .. others.Where(name => !Tensors.ContainsKey(name)),
        ];
        if (faults.Length > 0)
        {
            throw new InvalidDataException($"{Path} is the training state of another {owner}: it lacks, or has in another "
                + $"shape, {faults.Length} tensors: {string.Join(", ", faults.Take(5))}.");
        }

        using var frozen = no_grad();
        foreach ((string name, Tensor value) in live) value.copy_(Tensors[name]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor value in Tensors.Values) value.Dispose();
    }

    private static TrainingStateHeader Parse(string path, string text)
    {
        try
        {
            TrainingStateHeader? header = JsonSerializer.Deserialize<TrainingStateHeader>(text);
            if (header is { Version: 1 }) return header;
        }
        catch (JsonException)
        {
        }

        throw new InvalidDataException($"{path} is a training state of another version of this library, which cannot be read.");
    }
}
