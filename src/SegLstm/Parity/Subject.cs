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

    /// <summary>Parameters that the module itself changes on loading, and how: a position embedding of another image size.</summary>
    public IReadOnlyDictionary<string, Func<Tensor, Tensor>> ChangedOnLoad { get; init; } = new Dictionary<string, Func<Tensor, Tensor>>();

    /// <summary>Outputs that a file need not have: a state after the last token, for example.</summary>
    public IReadOnlyCollection<string> Optional { get; init; } = [];

    /// <summary>Computes the outputs.</summary>
    public Dictionary<string, Tensor> Forward() => forward().ToDictionary(output => output.Name, output => output.Value);
}
