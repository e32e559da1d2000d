namespace SegLstm.Workbook.Figures;

/// <summary>One line of a chart.</summary>
public sealed record Series
{
    /// <summary>What the legend calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Abscissas, rising.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Ordinates, as many as <see cref="X"/>; the line has a gap where one is NaN or infinite.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary><c>#RRGGBB</c>; null takes the next colour of <see cref="OkabeIto"/>.</summary>
    public string? Color { get; init; }

    /// <summary>Whether each point is marked with a dot.</summary>
    public bool Markers { get; init; }

    /// <summary>Whether the line is drawn thin and pale, as the noisy background of another one.</summary>
    public bool Faint { get; init; }

    /// <summary>
    /// The running mean: each point is the mean of itself and the points up to <paramref name="window"/> - 1 before it
    /// (fewer at the beginning), so that it never looks ahead. What is NaN or infinite is left out of the mean.
    /// </summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="window">Points in the mean, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No point in the mean.</exception>
    public Series RunningMean(string name, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var means = new double[Y.Count];
        for (int i = 0; i < means.Length; i++)
        {
            int from = Math.Max(0, i - window + 1);
            means[i] = Y.Skip(from).Take(i - from + 1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        }

        return this with { Name = name, Y = means, Faint = false };
    }
}
