using TorchSharp.Modules;

namespace SegLstm.Training;

/// <summary>Splits a model's parameters into groups that are trained alike.</summary>
public static class ParameterGroups
{
    /// <summary>The groups of an optimizer: those that weight decay shrinks before those that it spares, in each fast ones
    /// first.</summary>
    /// <param name="parameters">Named parameters; those that need no gradient are skipped.</param>
    /// <param name="options">Decay, the names that it spares, and how rates fall from layer to layer.</param>
    /// <exception cref="ArgumentException">Layers cannot be told apart, where their rates are to differ; or a part of
    /// <see cref="TrainingOptions.RateFactors"/> is in no parameter's name.</exception>
    /// <remarks>
    /// <see cref="TrainingOptions.NoDecay"/> is mmengine's `paramwise_cfg.custom_keys` with `decay_mult=0`: a match anywhere in
    /// the name. <see cref="TrainingOptions.NoDecayNames"/> is what `_no_weight_decay` marks in Mamba's code. LARS spares biases
    /// and gains of norms too, all parameters with one axis, as SimCLR's code does.
    /// </remarks>
    public static IReadOnlyList<ParameterGroup> ByName(
        IEnumerable<(string name, Parameter parameter)> parameters, TrainingOptions options)
    {
        (string Name, Parameter Parameter)[] trained = [.. parameters.Where(p => p.parameter.requires_grad)];
        if (options.RateFactors.FirstOrDefault(rate => !trained.Any(p => p.Name.Contains(rate.Part, StringComparison.Ordinal))) is { } odd)
        {
            throw new ArgumentException(
                $"RateFactors has part '{odd.Part}', which is in no parameter's name. The names begin with "
                + $"{string.Join(", ", trained.Select(p => p.Name.Split('.')[0]).Distinct())}.");
        }

        double Factor(LayerDecay? layers, string name) => (layers?.Factor(name) ?? 1) * RateFactor.Of(options.RateFactors, name);
        LayerDecay? layers = options.LayerDecay is { } decay ? new LayerDecay(trained.Select(p => p.Name), decay) : null;
        return
        [
            .. trained.GroupBy(p => (Spared: IsSpared(p.Name, p.Parameter, options), Factor: Factor(layers, p.Name)))
                .OrderBy(group => group.Key.Spared).ThenByDescending(group => group.Key.Factor)
                .Select(group => new ParameterGroup([.. group.Select(p => p.Parameter)],
                    group.Key.Spared ? 0 : options.WeightDecay, group.Key.Factor, group.Key.Spared)),
        ];
    }

    private static bool IsSpared(string name, Parameter parameter, TrainingOptions options) =>
        options.NoDecay.Any(part => name.Contains(part, StringComparison.Ordinal))
        || options.NoDecayNames.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.Ordinal)
        || options.Optimizer == OptimizerKind.Lars && parameter.dim() <= 1;
}
