using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>Two tensors compared number by number.</summary>
/// <param name="Outcome">Exact, approximate or different.</param>
/// <param name="LargestDifference">Largest absolute difference; NaN where the shapes differ.</param>
/// <param name="Where">The place of the largest difference with both numbers, or both shapes; empty where all is exact.</param>
internal sealed record Comparison(ExerciseOutcome Outcome, double LargestDifference, string Where)
{
    /// <summary>Compares an answer with the reference.</summary>
    /// <param name="got">The answer.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="tolerance">Allowed difference of a number, as a share of the reference's magnitude, or of 1 if that is
    /// larger.</param>
    internal static Comparison Of(Tensor got, Tensor expected, double tolerance)
    {
        if (!got.shape.SequenceEqual(expected.shape))
            return new(ExerciseOutcome.Different, double.NaN, $"expected shape {Shape(expected)}, got {Shape(got)}");
        double[] answers = Numbers(got), references = Numbers(expected);
        bool sameBits = got.dtype == expected.dtype, within = true;
        double largest = 0;
        int place = -1;
        for (int n = 0; n < answers.Length; n++)
        {
            if (BitConverter.DoubleToInt64Bits(answers[n]) == BitConverter.DoubleToInt64Bits(references[n])) continue;
            sameBits = false;
            double difference = Difference(answers[n], references[n]);
            if (place < 0 || difference > largest) (largest, place) = (difference, n);
            within &= difference <= tolerance * Math.Max(1, Math.Abs(references[n]));
        }

        var outcome = sameBits ? ExerciseOutcome.Exact : within ? ExerciseOutcome.Approximate : ExerciseOutcome.Different;
        return new(outcome, largest, place < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"at {Place(place, expected.shape)} expected {references[place]:G9}, got {answers[place]:G9}"));
    }

    // NaN and infinities of the same kind are no difference; a number instead of one is an infinite one.
    private static double Difference(double answer, double reference) =>
        answer.Equals(reference) ? 0
        : double.IsFinite(answer) && double.IsFinite(reference) ? Math.Abs(answer - reference)
        : double.PositiveInfinity;

    private static double[] Numbers(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to_type(ScalarType.Float64).contiguous().flatten().data<double>().ToArray();
    }

    private static string Place(int flat, long[] shape)
    {
        if (shape.Length == 0) return "the only number";
        var indices = new long[shape.Length];
        long rest = flat;
        for (int d = shape.Length - 1; d >= 0; d--) (rest, indices[d]) = Math.DivRem(rest, shape[d]);
        return $"[{string.Join(", ", indices)}]";
    }

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
