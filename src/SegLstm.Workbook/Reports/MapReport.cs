using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Reports;

/// <summary>All that the page about one trained model and one mapped scene shows; <see cref="MapPage"/> makes the page.</summary>
public sealed record MapReport
{
    /// <summary>The scene's name.</summary>
    public required string SceneName { get; init; }

    /// <summary>Where picture and labels are from, and what the model sees of them.</summary>
    public required string Provenance { get; init; }

    /// <summary>The scene as people look at it; see <see cref="PercentStretch"/>.</summary>
    public required RgbImage Scene { get; init; }

    /// <summary>Classes and their colours.</summary>
    public required ClassLegend Legend { get; init; }

    /// <summary>The labels, <see cref="LabelMap.Ignore"/> where there are none.</summary>
    public required LabelMap Truth { get; init; }

    /// <summary>What the model says, for the whole scene.</summary>
    public required LabelMap Prediction { get; init; }

    /// <summary>Which pixels are held out, row after row: only they count in the scores.</summary>
    public required bool[] HeldOut { get; init; }

    /// <summary>How pixels are split, such as "blocks of 44 x 44 pixels, dealt at random: 60 % train, 15 % validation, 25 % test".</summary>
    public required string SplitDescription { get; init; }

    /// <summary>The model's result on the held-out pixels.</summary>
    public required MethodResult Model { get; init; }

    /// <summary>The baseline that the model must beat, on the same pixels.</summary>
    public required MethodResult Yardstick { get; init; }

    /// <summary>Other baselines on the same pixels.</summary>
    public IReadOnlyList<MethodResult> OtherBaselines { get; init; } = [];

    /// <summary>A remark below the verdict, such as why the model does not beat the yardstick; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>The training loss after each iteration, counted from 1.</summary>
    public required IReadOnlyList<(long Iteration, double Value)> Loss { get; init; }

    /// <summary>The mIoU of each validation, as a fraction of 1.</summary>
    public required IReadOnlyList<(long Iteration, double Value)> ValidationMeanIoU { get; init; }

    /// <summary>The yardstick's mIoU on the validation pixels, as a fraction of 1, to compare the curve with; null where it was not computed.</summary>
    public double? YardstickValidationMeanIoU { get; init; }

    /// <summary>Trainable numbers in the model.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one forward pass over an image of <see cref="FlopsImage"/>.</summary>
    public required double Flops { get; init; }

    /// <summary>The image that <see cref="Flops"/> is about, such as "32 x 32 pixels, 3 bands".</summary>
    public required string FlopsImage { get; init; }

    /// <summary>Wall-clock time of training.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Wall-clock time of mapping the whole scene.</summary>
    public required TimeSpan PredictionTime { get; init; }

    /// <summary>Largest resident memory of the process.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Root seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Threads that an operator may use.</summary>
    public required int Threads { get; init; }

    /// <summary>How the model was built and trained: a name and a value each.</summary>
    public required IReadOnlyList<(string Name, string Value)> Recipe { get; init; }

    /// <summary>Software and its versions: a name and a value each.</summary>
    public required IReadOnlyList<(string Name, string Value)> Versions { get; init; }

    /// <summary>The command that made the page.</summary>
    public required string Command { get; init; }

    /// <summary>Checks that the parts fit together.</summary>
    /// <exception cref="ArgumentException">Maps of different sizes, or matrices of different classes or pixels.</exception>
    public void Validate()
    {
        var size = (Scene.Width, Scene.Height);
        if (size != (Truth.Width, Truth.Height) || size != (Prediction.Width, Prediction.Height) || HeldOut.Length != Truth.Classes.Length)
        {
            throw new ArgumentException(
                $"The scene is {Scene.Width}x{Scene.Height} pixels, the labels {Truth.Width}x{Truth.Height}, the prediction "
                + $"{Prediction.Width}x{Prediction.Height}, the held-out mask {HeldOut.Length:N0} pixels: expected all the same.");
        }

        foreach (MethodResult method in OtherBaselines.Prepend(Yardstick).Prepend(Model))
        {
            if (method.Matrix.Classes != Legend.Count)
                throw new ArgumentException($"'{method.Name}' has {method.Matrix.Classes} classes: expected the legend's {Legend.Count}.");
            if (method.Matrix.Total != Model.Matrix.Total || method.Matrix.Total == 0)
                throw new ArgumentException($"'{method.Name}' counts {method.Matrix.Total:N0} pixels, '{Model.Name}' {Model.Matrix.Total:N0}: expected the same held-out pixels.");
        }
    }
}
