using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity;

/// <summary>What a side file describes, built and ready to be run once.</summary>
/// <param name="forward">Computes the outputs by their golden names.</param>
public sealed class Subject(Func<IEnumerable<(string Name, Tensor Value)>> forward)
{
    /// <summary>The module that takes the golden parameters; null for a function.</summary>
    public nn.Module? Module { get; init; }

    /// <summary>Whether the module runs in training mode; parity cases are made without dropout.</summary>
    public bool Training { get; init; }

    /// <summary>Whether loading may change the shape of a parameter: a checkpoint of another image size.</summary>
    public bool ResizesOnLoad { get; init; }

    /// <summary>Outputs that a file need not have: a state after the last token, for example.</summary>
    public IReadOnlyCollection<string> Optional { get; init; } = [];

    /// <summary>Computes the outputs.</summary>
    public Dictionary<string, Tensor> Forward() => forward().ToDictionary(output => output.Name, output => output.Value);
}
