namespace SegLstm.Benchmarks;

/// <summary>Times of the runs of one computation, in nanoseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> nanoseconds = [];

    /// <summary>How many.</summary>
    public int Count => nanoseconds.Count;

    /// <summary>All together.</summary>
    public TimeSpan Total => TimeSpan.FromMicroseconds(nanoseconds.Sum() / 1000);

    /// <summary>The middle.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Distance of the quartiles.</summary>
    public double InterquartileRange => Quantile(0.75) - Quantile(0.25);

    /// <summary>The least.</summary>
    public double Fastest => nanoseconds.Min();

    /// <summary>Adds a run.</summary>
    public void Add(double time) => nanoseconds.Add(time);

    /// <summary>Between the two nearest, where none stands at the place.</summary>
    private double Quantile(double share)
    {
        var sorted = nanoseconds.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var (below, above) = (sorted[(int)place], sorted[(int)Math.Ceiling(place)]);
        return below + ((place - Math.Floor(place)) * (above - below));
    }
}
