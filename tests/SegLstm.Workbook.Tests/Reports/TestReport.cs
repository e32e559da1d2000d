using SegLstm.Data;
using SegLstm.Metrics;
using SegLstm.Workbook.Images;
using SegLstm.Workbook.Reports;

namespace SegLstm.Workbook.Tests.Reports;

/// <summary>A report about a scene of 4 x 3 pixels, whose right half is held out.</summary>
internal static class TestReport
{
    private static readonly byte[] Truth = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 255];
    private static readonly bool[] HeldOut = [false, false, true, true, false, false, true, true, false, false, true, true];

    internal static MapReport Make(byte[]? prediction = null, byte[]? yardstick = null)
    {
        byte[] ours = prediction ?? [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 0, 1], theirs = yardstick ?? [0, 0, 0, 1, 1, 1, 1, 0, 2, 2, 0, 1];
        var scene = new RgbImage(4, 3);
        scene.Fill(1, 1, 2, 1, new Rgb(90, 120, 60));
        return new MapReport
        {
            SceneName = "testville",
            Provenance = "Made up for this test; labels by hand.",
            Scene = scene,
            Legend = new ClassLegend(("water", new Rgb(0, 114, 178)), ("vegetation", new Rgb(0, 158, 115)), ("built-or-bare", new Rgb(213, 94, 0))),
            Truth = new LabelMap(4, 3, Truth),
            Prediction = new LabelMap(4, 3, ours),
            HeldOut = HeldOut,
            SplitDescription = "the left half trains, the right half tests",
            Model = new MethodResult("Seg-LSTM", Count(ours)),
            Yardstick = new MethodResult("9 nearest neighbours", Count(theirs)),
            OtherBaselines = [new MethodResult("majority class", Count([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))],
            Loss = [.. Enumerable.Range(1, 60).Select(i => ((long)i, 1.5 / i))],
            ValidationMeanIoU = [(20, 0.4), (40, 0.6), (60, 0.65)],
            YardstickValidationMeanIoU = 0.55,
            Parameters = 232_456,
            Flops = 461_234_567,
            FlopsImage = "32 x 32 pixels, 3 bands",
            TrainingTime = TimeSpan.FromSeconds(123.4),
            PredictionTime = TimeSpan.FromSeconds(9.87),
            PeakMemoryBytes = 734_003_200,
            Seed = 7,
            Threads = 2,
            Recipe = [("optimizer", "AdamW, learning rate 0.004"), ("steps", "60")],
            Versions = [("libtorch", "1.13.1"), (".NET", "10.0.0"), ("commit", "0123abc")],
            Command = "seglstm demo --scene testville --out out/index.html",
        };
    }

    internal static ConfusionMatrix Count(byte[] prediction)
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add<byte, byte>(prediction, [.. Truth.Select((label, i) => HeldOut[i] ? label : LabelMap.Ignore)]);
        return matrix;
    }
}
