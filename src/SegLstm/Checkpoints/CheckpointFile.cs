using SegLstm.Checkpoints.Pickle;
using SegLstm.Checkpoints.Pth;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>
/// An open checkpoint: names, types and shapes are read and checked, the tensors themselves only when they are asked for.
/// </summary>
/// <remarks>
/// Made by <see cref="Checkpoint.Open"/>. Which dictionary is the state dict: from the root, as long as one of
/// <c>state_dict, model_state_dict, model_state, model, module, net, network</c> is a dictionary with tensors, the first of them;
/// tensors further inside have their keys joined with dots; <c>module.</c> is taken off where all names have it.
/// One thread loads at a time.
/// </remarks>
public sealed class CheckpointFile : IDisposable
{
    private readonly SafeTensorsFile? safeTensors;
    private readonly ByteSource? source;
    private readonly string path;
    private readonly Dictionary<string, string> inFile = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PickleValue.TensorView> views = new(StringComparer.Ordinal);
    private (TorchStorage Storage, Tensor Memory)? last;

    internal CheckpointFile(string path)
    {
        this.path = path;
        Format = CheckpointSniffer.Of(path);
        if (Format == CheckpointFormat.SafeTensors)
        {
            safeTensors = SafeTensors.Open(path);
            Metadata = safeTensors.Metadata;
            string[] names = [.. safeTensors.Names];
            Name(names, [.. safeTensors.Tensors.Select(info => (info.DType.PyTorchName, info.Shape, info.ByteCount))]);
            return;
        }

        source = new FileSource(path);
        try
        {
            Tree = Format == CheckpointFormat.TorchZip ? ZipPth.Read(source) : LegacyPth.Read(source);
            (StateDictPath, var stateDict) = CheckpointTree.Unwrap(Tree);
            var tensors = CheckpointTree.Tensors(stateDict, source.Length);
            Name([.. tensors.Select(item => item.Name)], [.. tensors.Select(item => Described(item.Tensor))]);
            foreach (var (name, tensor) in tensors)
            {
                views.Add(name, tensor);
            }
        }
        catch (CheckpointException refusal)
        {
            source.Dispose();
            throw refusal.In(path);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>How the file is stored.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>The tensors of the state dict, in the file's order.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; private set; } = [];

    /// <summary>The keys that led from the root to the state dict, such as <c>state_dict</c>; none where the root is one
    /// itself.</summary>
    public IReadOnlyList<string> StateDictPath { get; } = [];

    /// <summary>Everything a .pth file holds, as it is nested there: epoch numbers, optimizer states, settings. Null for
    /// safetensors.</summary>
    public PickleValue? Tree { get; }

    /// <summary>The free text in the header of a safetensors file; empty for others.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Reads one tensor. Tensors on one storage that are read one after the other share its memory.</summary>
    /// <param name="name">One of the names of <see cref="Tensors"/>.</param>
    /// <returns>A CPU tensor with the strides of the file; the caller owns it.</returns>
    /// <exception cref="CheckpointException">There is no such tensor, or its bytes are damaged.</exception>
    /// <exception cref="SafeTensorsException">The same, for safetensors.</exception>
    public Tensor Load(string name)
    {
        if (safeTensors is not null)
        {
            return safeTensors.Load(inFile.GetValueOrDefault(name, name));
        }

        if (!inFile.TryGetValue(name, out var known))
        {
            throw new CheckpointException(CheckpointError.TensorNotFound,
                $"{path} has no tensor '{Printable.Of(name)}'; it has {Tensors.Count}: "
                + string.Join(", ", Tensors.Take(8).Select(tensor => Printable.Of(tensor.Name)))
                + (Tensors.Count > 8 ? ", …" : "."));
        }

        var view = views[known];
        if (last?.Storage != view.Storage.Root)
        {
            last?.Memory.Dispose();
            last = null;
            // It outlives the scope of the caller, for the next tensor on it.
            last = (view.Storage.Root, ReadStorage(view.Storage.Root).DetachFromDisposeScope());
        }

        return StorageReader.View(view, last.Value.Memory);
    }

    /// <summary>Reads all tensors of the state dict. Those that share a storage in the file share its memory.</summary>
    /// <returns>CPU tensors by name, with the strides of the file; the caller owns them.</returns>
    /// <exception cref="CheckpointException">Bytes are damaged.</exception>
    /// <exception cref="SafeTensorsException">The same, for safetensors.</exception>
    public Dictionary<string, Tensor> LoadAll()
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var memories = new Dictionary<TorchStorage, Tensor>();
        try
        {
            foreach (var (name, known) in inFile)
            {
                tensors.Add(name, safeTensors is not null ? safeTensors.Load(known) : View(views[known]));
            }

            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }
        finally
        {
            foreach (var memory in memories.Values)
            {
                memory.Dispose();
            }
        }

        Tensor View(PickleValue.TensorView view)
        {
            if (!memories.TryGetValue(view.Storage.Root, out var memory))
            {
                memories.Add(view.Storage.Root, memory = ReadStorage(view.Storage.Root));
            }

            return StorageReader.View(view, memory);
        }
    }

    /// <summary>Closes the file. Loaded tensors stay valid.</summary>
    public void Dispose()
    {
        last?.Memory.Dispose();
        last = null;
        source?.Dispose();
        safeTensors?.Dispose();
    }

    private void Name(string[] names, (string DType, IReadOnlyList<long> Shape, long ByteCount)[] described)
    {
        string[] shown = [.. CheckpointTree.WithoutModule(names)];
        Tensors = [.. shown.Zip(described, (name, tensor) =>
            new CheckpointTensor(name, tensor.DType, tensor.Shape, tensor.ByteCount))];
        for (var i = 0; i < names.Length; i++)
        {
            inFile.Add(shown[i], names[i]);
        }
    }

    private Tensor ReadStorage(TorchStorage storage)
    {
        try
        {
            return StorageReader.Read(storage);
        }
        catch (CheckpointException refusal)
        {
            throw refusal.In(path);
        }
    }

    private static (string DType, IReadOnlyList<long> Shape, long ByteCount) Described(PickleValue.TensorView view)
    {
        var elements = view.Shape.Aggregate(1L, (product, size) => product * size);
        return (TensorTypes.NameOf(view.DType), view.Shape, elements * TensorTypes.SizeOf(view.DType));
    }
}
