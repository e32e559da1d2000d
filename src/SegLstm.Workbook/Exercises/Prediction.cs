using System.Globalization;

namespace SegLstm.Workbook.Exercises;

/// <summary>
/// What a text said before a cell ran, checked after it: each call prints one line, and one that does not hold stops the
/// notebook there, so that no text can quietly become wrong.
/// </summary>
public static class Prediction
{
    /// <summary>Checks that a number is where it was expected.</summary>
    /// <param name="what">The quantity, with its unit.</param>
    /// <param name="expected">The prediction.</param>
    /// <param name="got">What came out.</param>
    /// <param name="tolerance">How far off it may be, in the same unit.</param>
    /// <exception cref="PredictionFailedException">It is further off, or no number.</exception>
    public static void Near(string what, double expected, double got, double tolerance) => Report(
        Math.Abs(got - expected) <= tolerance || got.Equals(expected),
        what,
        $"{Text(got)}, expected {Text(expected)}{(tolerance == 0 ? "" : $" ± {Text(tolerance)}")}");

    /// <summary>Checks that a number is not above a limit.</summary>
    /// <inheritdoc cref="Near"/>
    public static void AtMost(string what, double limit, double got) =>
        Report(got <= limit, what, $"{Text(got)}, expected at most {Text(limit)}");

    /// <summary>Checks that a number is not below a limit.</summary>
    /// <inheritdoc cref="Near"/>
    public static void AtLeast(string what, double limit, double got) =>
        Report(got >= limit, what, $"{Text(got)}, expected at least {Text(limit)}");

    /// <summary>Checks that two things are equal, such as shapes.</summary>
    /// <param name="what">The thing.</param>
    /// <param name="expected">The prediction; sequences are compared item by item.</param>
    /// <param name="got">What came out.</param>
    /// <exception cref="PredictionFailedException">They differ.</exception>
    public static void Same<T>(string what, IEnumerable<T> expected, IEnumerable<T> got)
    {
        T[] left = [.. expected], right = [.. got];
        Report(left.SequenceEqual(right), what, $"({string.Join(", ", right)}), expected ({string.Join(", ", left)})");
    }

    /// <summary>Checks a statement.</summary>
    /// <param name="what">The statement.</param>
    /// <param name="holds">Whether it is true.</param>
    /// <exception cref="PredictionFailedException">It is not.</exception>
    public static void Holds(string what, bool holds) => Report(holds, what, holds ? "yes" : "no");

    private static void Report(bool holds, string what, string numbers)
    {
        if (!holds)
        {
            throw new PredictionFailedException(
                $"{what}: {numbers}. Either a change above is the reason, or the text is wrong.");
        }

        Console.WriteLine($"\u2713 {what}: {numbers}");
    }

    private static string Text(double value) => Math.Abs(value) < 1e15 && value == Math.Floor(value)
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
