using System.Globalization;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>What a method reached on one draw.</summary>
/// <param name="Method">The method.</param>
/// <param name="Split">How was drawn.</param>
/// <param name="Labels">Share of the labelled pixels learnt from, such as <c>1 %</c>.</param>
/// <param name="Draw">Which drawing.</param>
/// <param name="OverallAccuracy">Share of the test pixels that are right.</param>
/// <param name="AverageAccuracy">Mean over the classes of the share of each that is found.</param>
/// <param name="Kappa">Agreement beyond chance; 0 where chance explains everything.</param>
/// <param name="Seconds">Time of training and test.</param>
public sealed record PixelScore(
    string Method, string Split, string Labels, int Draw, double OverallAccuracy, double AverageAccuracy, double Kappa,
    double Seconds)
{
    /// <summary>How scores are kept in a <see cref="ScoreFolder{TScore}"/>.</summary>
    public static ScoreColumns<PixelScore> Columns { get; } = new(
        ["method", "split", "labels", "draw", "oa", "aa", "kappa", "seconds"],
        score => [score.Method, score.Split, score.Labels, score.Draw, score.OverallAccuracy, score.AverageAccuracy, score.Kappa, score.Seconds],
        fields => new PixelScore(fields[0], fields[1], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture),
            Number(fields[4]), Number(fields[5]), Number(fields[6]), Number(fields[7])));

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
