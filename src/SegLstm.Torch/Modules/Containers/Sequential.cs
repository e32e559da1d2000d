using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Modules called one after the other. What one hands to the next is disposed as soon as the next has returned.</summary>
public class Sequential : Module<Tensor, Tensor>
{
    private readonly List<(string Name, IModule<Tensor, Tensor> Module)> _steps = [];

    /// <summary>Modules under given names.</summary>
    protected internal Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (stepName, step) in modules) append(stepName, step);
    }

    /// <summary>Modules named by their position: "0", "1", and so on.</summary>
    protected internal Sequential(params Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var step in modules) append(step);
    }

    /// <summary>How many modules there are.</summary>
    public int Count => _steps.Count;

    /// <summary>One module.</summary>
    [IndexerName("SequentialItems")]
    public IModule<Tensor, Tensor> this[int index] => _steps[index].Module;

    /// <summary>The modules from start to before end, which keep their names and are shared, not copied.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

    /// <summary>The modules in a range, which keep their names and are shared, not copied.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

    /// <summary>Adds a module at the end under a name.</summary>
    public Sequential append(string name, IModule<Tensor, Tensor> module)
    {
        register_module(name, (Module)module);
        _steps.Add((name, module));
        return this;
    }

    /// <summary>Adds a module at the end, named by its position.</summary>
    public Sequential append(IModule<Tensor, Tensor> module) => append(_steps.Count.ToString(), module);

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        if (_steps.Count == 0) return tensor.alias();
        var current = tensor;
        foreach (var (_, step) in _steps)
        {
            var next = step.call(current);
            if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
            current = next;
        }
        return current;
    }

    private Sequential Slice(int start, int end)
    {
        if (start < 0 || end > Count || start > end)
            throw new ArgumentOutOfRangeException(nameof(start), $"The modules {start} to {end} were asked for; there are {Count}.");
        var part = new Sequential(Array.Empty<Module<Tensor, Tensor>>());
        foreach (var (stepName, step) in _steps.GetRange(start, end - start)) part.append(stepName, step);
        return part;
    }
}
