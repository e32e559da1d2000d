namespace SegLstm.Parity;

/// <summary>
/// How far a tensor may be from the golden one: either max|a-b| ≤ <paramref name="OfMaximum"/>·max|b|, or, where that is null,
/// |a-b| ≤ <paramref name="Absolute"/> + <paramref name="Relative"/>·|b| for every element.
/// </summary>
/// <param name="OfMaximum">Fraction of the golden tensor's largest magnitude.</param>
/// <param name="Relative">Fraction of each golden element.</param>
/// <param name="Absolute">Constant for each element.</param>
public readonly record struct Limit(double? OfMaximum, double Relative, double Absolute)
{
    /// <inheritdoc/>
    public override string ToString() => OfMaximum is { } fraction
        ? $"{fraction:0.0e+00} of the largest"
        : $"{Relative:0.0e+00} of each + {Absolute:0.0e+00}";
}
