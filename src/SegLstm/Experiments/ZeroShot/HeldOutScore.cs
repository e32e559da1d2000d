using System.Globalization;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>What became of one class in one training, on the held-out blocks, all words of the scene competing.</summary>
/// <param name="Class">Its name in the scene's legend.</param>
/// <param name="IsShown">Whether the training was shown it, as all the others; else it alone was left out.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="IoU">Its IoU; NaN where no held-out pixel has it.</param>
/// <param name="OthersIoU">Mean IoU of the other classes.</param>
/// <param name="Share">Its share p of the labelled held-out pixels.</param>
/// <param name="Labels">Words K that compete.</param>
public sealed record HeldOutScore(string Class, bool IsShown, long Seed, double IoU, double OthersIoU, double Share, int Labels)
{
    private const string Shown = "shown", Never = "never shown";

    /// <summary>How scores are kept in a <see cref="ScoreFolder{TScore}"/>.</summary>
    public static ScoreColumns<HeldOutScore> Columns { get; } = new(
        ["class", "training", "seed", "iou", "others_iou", "share", "labels"],
        score => [score.Class, score.IsShown ? Shown : Never, score.Seed, score.IoU, score.OthersIoU, score.Share, score.Labels],
        fields => new HeldOutScore(fields[0], IsShownIn(fields[1]), long.Parse(fields[2], CultureInfo.InvariantCulture),
            Number(fields[3]), Number(fields[4]), Number(fields[5]), int.Parse(fields[6], CultureInfo.InvariantCulture)));

    /// <summary>What guessing reaches: each pixel one of the K words with equal odds. Intersection p/K over union p + 1/K -
    /// p/K.</summary>
    public double Chance => Share / Labels / (Share + (1.0 / Labels) - (Share / Labels));

    private static bool IsShownIn(string field) => field switch
    {
        Shown => true,
        Never => false,
        _ => throw new FormatException($"'{field}' is neither '{Shown}' nor '{Never}'."),
    };

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
