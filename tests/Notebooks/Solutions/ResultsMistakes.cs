namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 09-results may get wrong.</summary>
internal static class ResultsMistakes
{
    // Divides by n.
    internal static (double Mean, double Deviation) MeanAndDeviation(double[] scores)
    {
        double mean = scores.Average();
        return (mean, Math.Sqrt(scores.Average(s => (s - mean) * (s - mean))));
    }

    // Takes the samples for independent ones.
    internal static double PValueOfThree(double[] a, double[] b)
    {
        double error = Math.Sqrt((Square(a) + Square(b)) / 3);
        double t = Math.Abs(a.Average() - b.Average()) / error;
        return 1 - t / Math.Sqrt(2 + t * t);

        static double Square(double[] scores) => scores.Sum(s => Math.Pow(s - scores.Average(), 2)) / (scores.Length - 1);
    }

    // Forgets that a number may be too high, too.
    internal static int Judge(double expected, double got, double match, double drift) =>
        got >= expected - match ? 0 : got >= expected - drift ? 1 : 2;
}
