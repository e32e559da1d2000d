using SegLstm.Metrics;
using SegLstm.Models.SpectralMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/07-hyperspectral.ipynb</c>.</summary>
/// <remarks>Shape letters: B pixels, L bands, R bands of a piece, T pieces, K classes.</remarks>
public static class HyperspectralExercises
{
    /// <summary>Piece-wise scanning: spectra <c>(B, L)</c> and R to tokens <c>(B, T, R)</c>.</summary>
    public static Exercise<Func<Tensor, int, Tensor?>> Pieces { get; } = new(
        "Pieces",
        "T = (L + R - 1) / R; nn.functional.pad(spectra, new[] { 0L, T * R - L }) puts zeros behind the last band; then view(B, T, R).",
        1e-12,
        Cut("pieces that fit", 2, 12, 6), Cut("a last piece that is not full", 3, 145, 6), Cut("pieces of one band", 2, 5, 1));

    /// <summary>Gated merging: windows <c>(B, L, 3, 3)</c> and the mask's logits, of the same shape, to spectra <c>(B, L)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor?>> Merge { get; } = new(
        "Merging",
        "logits.sigmoid() is the mask; multiply it with the windows and sum over rows and columns: sum(new[] { 2L, 3L }). It is a sum, "
            + "no mean.",
        1e-9,
        Window("one pixel", 1, 4), Window("three pixels", 3, 7));

    /// <summary>The memory of a scan with one number: step sizes, inputs and a decay a to the last state.</summary>
    public static Exercise<Func<double[], double[], double, double>> LastState { get; } = new(
        "Last state",
        "h = 0; for each t: h = Math.Exp(steps[t] * decay) * h + steps[t] * inputs[t].",
        1e-9,
        Scan("equal steps", [0.5, 0.5, 0.5], [1, 2, 3], -1), Scan("a piece that is skipped", [0.3, 0, 0.9, 0.1], [2, -50, 1, 4], -2),
        Scan("one that wipes the memory", [1, 40, 0.2], [3, 1, -1], -1));

    /// <summary>Average accuracy: a confusion matrix, row the truth and column the prediction, to the mean over the classes that there
    /// are.</summary>
    public static Exercise<Func<long[,], double>> AverageAccuracy { get; } = new(
        "Average accuracy",
        "For each class with a pixel: found / row sum; then the mean over these classes. A class without pixels does not count.",
        1e-9,
        Confusion("a rare class that is missed", new long[,] { { 900, 0, 20 }, { 30, 0, 0 }, { 10, 0, 40 } }),
        Confusion("a class that is not there", new long[,] { { 8, 2, 0 }, { 1, 9, 0 }, { 0, 0, 0 } }));

    private static ExerciseCase<Func<Tensor, int, Tensor?>> Cut(string name, long pixels, int bands, int size) => new(
        name, answer => answer(Numbers(pixels, bands), size),
        () => SpectrumPieces.Of(bands, size, PieceRule.BandsPerPiece).Cut(Numbers(pixels, bands)));

    private static ExerciseCase<Func<Tensor, Tensor, Tensor?>> Window(string name, long pixels, long bands) => new(
        name, answer => answer(Numbers(pixels, bands, 3, 3), 2 * Numbers(pixels, bands, 3, 3) - 1),
        () => (Numbers(pixels, bands, 3, 3) * (2 * Numbers(pixels, bands, 3, 3) - 1).sigmoid()).sum([2L, 3L]));

    private static ExerciseCase<Func<double[], double[], double, double>> Scan(string name, double[] steps, double[] inputs, double decay) =>
        new(name, answer => tensor(answer([.. steps], [.. inputs], decay)), () =>
        {
            double state = 0;
            for (int t = 0; t < steps.Length; t++) state = Math.Exp(steps[t] * decay) * state + steps[t] * inputs[t];
            return tensor(state);
        });

    private static ExerciseCase<Func<long[,], double>> Confusion(string name, long[,] counts) => new(
        name, answer => tensor(answer((long[,])counts.Clone())), () => tensor(ConfusionMatrix.Of(counts).Scores.AverageAccuracy));

    private static Tensor Numbers(params long[] shape)
    {
        using var generator = new Generator(23);
        return randn(shape, dtype: ScalarType.Float64, generator: generator);
    }
}
