using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>The optimizer that a recipe names, over a model's groups, with what it remembers of each parameter by name.</summary>
internal sealed class NamedOptimizer : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<ParameterGroup> _groups;
    private readonly OptimizerHelper _optimizer;
    private readonly (string Name, OptimizerState State)[] _states;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The recipe.</param>
    /// <exception cref="ArgumentException">Layers cannot be told apart, where their rates are to differ.</exception>
    public NamedOptimizer(nn.Module model, TrainingOptions options)
    {
        (_options, _groups) = (options, ParameterGroups.ByName(model.named_parameters(), options));
        _optimizer = options.Optimizer is OptimizerKind.Adamw or OptimizerKind.Adam
            ? Adam(_groups, options) : Momentum(_groups, options);
        var names = new Dictionary<Parameter, string>(ReferenceEqualityComparer.Instance);
        foreach ((string name, Parameter parameter) in model.named_parameters()) names[parameter] = name;
        (Parameter Parameter, OptimizerState State)[] states =
            [.. _optimizer.parameters().Zip(_optimizer.state_dict().State, (parameter, state) => (parameter, state))];
        foreach ((Parameter parameter, OptimizerState state) in states)
        {
            // From zeros the first step gives the same as from nothing, and a state that is saved has a tensor for each
            // parameter.
            if (state is SGD.State sgd) sgd.momentum_buffer = zeros_like(parameter).DetachFromDisposeScope();
        }

        _states = [.. states.Select(entry => (names[entry.Parameter], entry.State))];
    }

    /// <summary>What it remembers of the parameters: the live tensors by "mean.NAME" and the like.</summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors => _states.SelectMany(entry => entry.State switch
    {
        AdamW.State adam => new[] { ($"mean.{entry.Name}", adam.exp_avg!), ($"square.{entry.Name}", adam.exp_avg_sq!) },
        SGD.State sgd => [($"momentum.{entry.Name}", sgd.momentum_buffer!)],
        _ => throw new NotSupportedException($"The state of {_options.Optimizer} has no names yet."),
    });

    /// <summary>Steps taken for each parameter, by "step.NAME"; none where the optimizer does not count them.</summary>
    public IEnumerable<(string Name, AdamW.State State)> Counters =>
        _states.Where(entry => entry.State is AdamW.State).Select(entry => ($"step.{entry.Name}", (AdamW.State)entry.State));

    /// <summary>Takes a step.</summary>
    /// <param name="rate">The learning rate, before the groups' factors.</param>
    public void Step(double rate)
    {
        foreach ((ParameterGroup group, optim.ILearningRateController target) in _groups.Zip(_optimizer.ParamGroups))
        {
            if (_options.Optimizer == OptimizerKind.Lars) Lars.Scale(group, rate * group.RateFactor, _options.TrustCoefficient);
            else target.LearningRate = rate * group.RateFactor;
            if (_options.Optimizer == OptimizerKind.Adam) AddDecay(group);
        }

        _optimizer.step();
    }

    /// <inheritdoc />
    public void Dispose() => _optimizer.Dispose();

    // With the decay in the gradient, the step is AdamW's without decay: one kind of state for both.
    private static AdamW Adam(IReadOnlyList<ParameterGroup> groups, TrainingOptions options) => optim.AdamW(
        [.. groups.Select(group => new AdamW.ParamGroup(group.Parameters, options.LearningRate, options.Beta1, options.Beta2,
            weight_decay: options.Optimizer == OptimizerKind.Adam ? 0 : group.WeightDecay))],
        options.LearningRate);

    private static void AddDecay(ParameterGroup group)
    {
        if (group.WeightDecay == 0) return;
        using var frozen = no_grad();
        foreach (Parameter parameter in group.Parameters)
        {
            using Tensor? gradient = parameter.grad;
            gradient?.add_(parameter, alpha: group.WeightDecay);
        }
    }

    // LARS has rate and decay in the gradient: the momentum's rate is 1.
    private static SGD Momentum(IReadOnlyList<ParameterGroup> groups, TrainingOptions options)
    {
        bool adapts = options.Optimizer == OptimizerKind.Lars;
        return optim.SGD(
            [.. groups.Select(group => new SGD.ParamGroup(group.Parameters, adapts ? 1 : options.LearningRate, options.Momentum,
                weight_decay: adapts ? 0 : group.WeightDecay, nesterov: options.Nesterov))],
            adapts ? 1 : options.LearningRate, options.Momentum, nesterov: options.Nesterov);
    }
}
