using SegLstm.Checkpoints.Pth;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>
/// Checkpoints in and out: .safetensors, and .pth or .pt as PyTorch writes them (zip and the older form). Nothing in a file is
/// executed: of a pickle, only tensors, containers and numbers are built, and anything else that it asks for ends the reading.
/// </summary>
/// <remarks>
/// <code>
/// model.load_state_dict(Checkpoint.Load("vil2_tiny16.th"));
/// Checkpoint.Save("model.pth", model.state_dict());        // torch.load(..., weights_only=True) reads it
/// </code>
/// </remarks>
public static class Checkpoint
{
    private static readonly string[] TorchExtensions = [".pth", ".pt", ".th", ".bin", ".ckpt"];

    /// <summary>Opens a checkpoint of any format, told from its contents, without reading its tensors.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointException">It is no checkpoint, malformed, or asks for a Python object (which is
    /// named).</exception>
    /// <exception cref="SafeTensorsException">It breaks a rule of safetensors.</exception>
    public static CheckpointFile Open(string path) => new(path);

    /// <summary>Loads the state dict of a checkpoint of any format. Which one that is, <see cref="CheckpointFile"/>
    /// says.</summary>
    /// <param name="path">The file.</param>
    /// <returns>CPU tensors by name, with the strides of the file and, where they share a storage there, the same memory; the
    /// caller owns them.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointException">It is no checkpoint, malformed, or asks for a Python object (which is
    /// named).</exception>
    /// <exception cref="SafeTensorsException">It breaks a rule of safetensors.</exception>
    public static Dictionary<string, Tensor> Load(string path)
    {
        using var file = Open(path);
        return file.LoadAll();
    }

    /// <summary>Writes a state dict: as safetensors where the name ends so, else as PyTorch's zip format, which torch 1.6 and
    /// later read. The file appears whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">A name that ends in .safetensors, .pth, .pt, .th, .bin or .ckpt.</param>
    /// <param name="tensors">Names and dense tensors. In .pth files those that share memory on the CPU share a storage.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    /// <exception cref="CheckpointException">A tensor is sparse, or a name stands twice.</exception>
    /// <exception cref="SafeTensorsException">safetensors cannot hold a name or a type.</exception>
    public static void Save(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".safetensors")
        {
            SafeTensors.Save(path, tensors);
        }
        else if (TorchExtensions.Contains(extension))
        {
            PthWriter.Save(path, tensors);
        }
        else
        {
            throw new ArgumentException(
                $"{path} does not say how to write it: expected a name that ends in .safetensors, "
                    + $"{string.Join(", ", TorchExtensions)}, got '{extension}'.",
                nameof(path));
        }
    }
}
