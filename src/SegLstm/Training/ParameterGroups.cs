using TorchSharp.Modules;

namespace SegLstm.Training;

/// <summary>Splits a model's parameters into those that weight decay shrinks and those that it spares.</summary>
public static class ParameterGroups
{
    /// <summary>The groups of an AdamW optimizer; a group without parameters is left out.</summary>
    /// <param name="parameters">Named parameters; those that need no gradient are skipped.</param>
    /// <param name="options">Rate, betas, decay, and the names that it spares.</param>
    /// <remarks>
    /// <see cref="TrainingOptions.NoDecay"/> is mmengine's `paramwise_cfg.custom_keys` with `decay_mult=0`: a match anywhere in
    /// the name. <see cref="TrainingOptions.NoDecayNames"/> is what `_no_weight_decay` marks in Mamba's code.
    /// </remarks>
    public static IReadOnlyList<AdamW.ParamGroup> ByName(
        IEnumerable<(string name, Parameter parameter)> parameters, TrainingOptions options)
    {
        ILookup<bool, Parameter> spared = parameters.Where(p => p.parameter.requires_grad).ToLookup(
            p => IsSpared(p.name, options), p => p.parameter);
        return [.. new[] { false, true }.Where(spared.Contains).Select(spare => new AdamW.ParamGroup(
            spared[spare].ToArray(), options.LearningRate, options.Beta1, options.Beta2,
                weight_decay: spare ? 0 : options.WeightDecay))];
    }

    private static bool IsSpared(string name, TrainingOptions options) =>
        options.NoDecay.Any(part => name.Contains(part, StringComparison.Ordinal))
        || options.NoDecayNames.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.Ordinal);
}
