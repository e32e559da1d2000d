using TorchSharp;

namespace SegLstm.Workbook.Exercises;

/// <summary>
/// The processor time of several forms of one computation at several sizes. The forms take turns, round after round, and of each form
/// and size the least counts: first rounds also compile, and other programs, which share the caches, slow some rounds down.
/// </summary>
public static class ProcessorTimes
{
    private const int Rounds = 6;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Times forms.</summary>
    /// <param name="forms">For a size, makes the inputs and gives what is timed; its tensors are freed after each run.</param>
    /// <param name="sizes">The sizes.</param>
    /// <returns>Of each form, milliseconds of one run at each size.</returns>
    public static IReadOnlyDictionary<string, double[]> Measure(
        IReadOnlyDictionary<string, Func<long, Action>> forms, IReadOnlyList<long> sizes)
    {
        using DisposeScope inputs = torch.NewDisposeScope();
        var runs = forms.ToDictionary(form => form.Key, form => sizes.Select(form.Value).ToArray());
        var least = forms.Keys.ToDictionary(name => name, _ => Enumerable.Repeat(double.PositiveInfinity, sizes.Count).ToArray());
        for (var round = 0; round < Rounds; round++)
        {
            foreach ((string name, double[] times) in least)
            {
                for (var i = 0; i < times.Length; i++) times[i] = Math.Min(times[i], OfOne(runs[name][i]));
            }
        }

        return least;
    }

    /// <summary>The exponent with which times grow: the slope of a least-squares line through the logarithms.</summary>
    /// <param name="sizes">Two sizes or more.</param>
    /// <param name="times">A time for each.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or not as many times.</exception>
    public static double Slope(IEnumerable<long> sizes, IEnumerable<double> times)
    {
        double[] x = [.. sizes.Select(size => Math.Log(size))], y = [.. times.Select(time => Math.Log(time))];
        if (x.Length < 2 || x.Length != y.Length)
        {
            throw new ArgumentException($"A slope needs two sizes or more, and a time for each; got {x.Length} and {y.Length}.");
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (u, v) => (u - meanX) * (v - meanY)).Sum() / x.Sum(u => (u - meanX) * (u - meanX));
    }

    private static double OfOne(Action run)
    {
        TimeSpan begin = Environment.CpuUsage.TotalTime, used;
        var runs = 0;
        do
        {
            using (torch.NewDisposeScope()) run();
            runs++;
            used = Environment.CpuUsage.TotalTime - begin;
        }
        while (used < Least);
        return used.TotalMilliseconds / runs;
    }
}
