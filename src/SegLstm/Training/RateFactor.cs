namespace SegLstm.Training;

/// <summary>Another learning rate for some parameters, as mmengine's <c>paramwise_cfg.custom_keys</c> with <c>lr_mult</c>.</summary>
public sealed record RateFactor
{
    /// <summary>Which: those whose dotted name contains this, such as <c>decode_head</c>.</summary>
    public string Part { get; init; } = "";

    /// <summary>What their learning rate is multiplied by; above 0.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The factor of a parameter: that of the longest part that its name contains, 1 where there is none.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="name">The parameter's dotted name.</param>
    internal static double Of(IReadOnlyList<RateFactor> factors, string name) =>
        factors.Where(factor => name.Contains(factor.Part, StringComparison.Ordinal)).MaxBy(factor => factor.Part.Length)?.Factor ?? 1;
}
