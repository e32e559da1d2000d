namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 09-results may write.</summary>
internal static class ResultsSolutions
{
    internal static (double Mean, double Deviation) MeanAndDeviation(double[] scores)
    {
        double mean = scores.Average();
        return (mean, Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1)));
    }

    internal static double PValueOfThree(double[] a, double[] b)
    {
        var (mean, deviation) = MeanAndDeviation([.. a.Zip(b, (x, y) => x - y)]);
        double t = Math.Abs(mean) * Math.Sqrt(3) / deviation;
        return 1 - t / Math.Sqrt(2 + t * t);
    }

    internal static int Judge(double expected, double got, double match, double drift)
    {
        double distance = Math.Abs(got - expected);
        return distance <= match ? 0 : distance <= drift ? 1 : 2;
    }
}
