using System.Globalization;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>One drawing of training pixels; all methods get the same.</summary>
/// <param name="Split">How was drawn, such as <c>random</c> or <c>disjoint</c>.</param>
/// <param name="Fraction">Share of the labelled pixels to learn from.</param>
/// <param name="Number">Which drawing, from 0: the seed.</param>
/// <param name="Train">Pixels to learn from, as <c>row · width + column</c>.</param>
/// <param name="Test">Pixels to judge by.</param>
public sealed record PixelDraw(string Split, double Fraction, int Number, int[] Train, int[] Test)
{
    /// <summary>The share in percent.</summary>
    public string Percent => (100 * Fraction).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <inheritdoc/>
    public override string ToString() => $"{Split} {Percent} #{Number}";
}
