using System.Globalization;
using SegLstm.Training;

namespace SegLstm.Experiments.Sweeps;

/// <summary>One value of the recipe and where it is drawn from.</summary>
public sealed record SweepRange
{
    private const string Digits = "G4";

    /// <summary>The value's path, as in recipe.yaml.</summary>
    public required string Path { get; init; }

    /// <summary>How it is drawn.</summary>
    public SweepDistribution Draw { get; init; } = SweepDistribution.Uniform;

    /// <summary>The least number.</summary>
    public double Low { get; init; }

    /// <summary>The greatest number.</summary>
    public double High { get; init; } = 1;

    /// <summary>What <see cref="SweepDistribution.Choice"/> takes one of, whole numbers too.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Everything that is wrong with the range.</summary>
    public IEnumerable<string> Validate()
    {
        if (Draw == SweepDistribution.Choice)
        {
            if (Values.Count == 0) yield return $"Values of '{Path}' is empty: expected what to choose from.";
            yield break;
        }

        if (Values.Count > 0) yield return $"Values of '{Path}' are for draw: choice; expected low and high.";
        if (!(Low < High) || !double.IsFinite(High - Low))
        {
            yield return $"Low of '{Path}' is {Low}: expected less than High, {High}.";
        }
        if (Draw == SweepDistribution.LogUniform && !(Low > 0)) yield return $"Low of '{Path}' is {Low}: expected above 0.";
    }

    /// <summary>The value of a point: numbers with four digits, which a name can hold.</summary>
    /// <param name="seeds">Where the numbers come from.</param>
    /// <param name="index">The point's index.</param>
    internal string Value(SeedStreams seeds, int index)
    {
        Random random = seeds.Draw(Path, 0, index);
        if (Draw == SweepDistribution.Choice) return Values[random.Next(Values.Count)];
        double share = random.NextDouble();
        double number = Draw == SweepDistribution.Uniform
            ? Low + (High - Low) * share
            : Math.Exp(Math.Log(Low) + (Math.Log(High) - Math.Log(Low)) * share);
        return number.ToString(Digits, CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
    }
}
