using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>An exponential moving average of a model's trained parameters; buffers, such as batch norms' statistics, are not
/// averaged.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly (string Name, Parameter Parameter, Tensor Average)[] _entries;

    /// <summary>Starts at the model's weights.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decay">What the average keeps of itself at each update.</param>
    public WeightAverage(nn.Module model, double decay)
    {
        _decay = decay;
        _entries = [.. model.named_parameters().Where(p => p.parameter.requires_grad).Select(
            p => (p.name, p.parameter, p.parameter.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The averages by their parameters' names: the live tensors, not copies.</summary>
    public IEnumerable<(string Name, Tensor Average)> Tensors => _entries.Select(entry => (entry.Name, entry.Average));

    /// <summary>Takes in the present weights.</summary>
    public void Update()
    {
        using var frozen = no_grad();
        foreach ((_, Parameter parameter, Tensor average) in _entries) average.mul_(_decay).add_(parameter, alpha: 1 - _decay);
    }

    /// <summary>Gives the model the averages and keeps its weights in their place; a second call undoes it, to the bit.</summary>
    public void Swap()
    {
        using var frozen = no_grad();
        foreach ((_, Parameter parameter, Tensor average) in _entries)
        {
            using Tensor weights = parameter.detach().clone();
            parameter.copy_(average);
            average.copy_(weights);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach ((_, _, Tensor average) in _entries) average.Dispose();
    }
}
