using System.Numerics;

namespace SegLstm.Experiments.Hyperspectral.Svm;

/// <summary>Support vector machine with the Gaussian kernel <c>exp(-γ|x - y|²)</c>; of several classes every two have a machine
/// that votes.</summary>
/// <remarks>Own code, as the package registry has no library for it.</remarks>
public sealed class KernelSvm
{
    private readonly float[] features;
    private readonly int dimensions;
    private readonly int classes;
    private readonly double gamma;
    private readonly List<Machine> machines = [];

    private KernelSvm(float[] features, int dimensions, int classes, double gamma) =>
        (this.features, this.dimensions, this.classes, this.gamma) = (features, dimensions, classes, gamma);

    /// <summary>Trains.</summary>
    /// <param name="features">Samples row by row, <c>(n, dimensions)</c>, standardised.</param>
    /// <param name="dimensions">Features of a sample.</param>
    /// <param name="labels">Class of each sample, from 0.</param>
    /// <param name="classes">How many classes there are; one without samples is never named.</param>
    /// <param name="cost">C: what a sample on the wrong side costs.</param>
    /// <param name="gamma">γ: how fast likeness ends with distance.</param>
    /// <exception cref="ArgumentException">There is no sample, or lengths disagree.</exception>
    public static KernelSvm Fit(float[] features, int dimensions, int[] labels, int classes, double cost, double gamma)
    {
        if (labels.Length == 0 || features.Length != labels.Length * dimensions)
        {
            throw new ArgumentException(
                $"Expected {dimensions} features for each of at least one sample, got {features.Length} for {labels.Length}.",
                nameof(features));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gamma);
        var svm = new KernelSvm(features, dimensions, classes, gamma);
        var members = Enumerable.Range(0, classes)
            .Select(c => Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray()).ToArray();
        for (var a = 0; a < classes; a++)
        {
            for (var b = a + 1; b < classes; b++)
            {
                if (members[a].Length > 0 && members[b].Length > 0)
                {
                    svm.machines.Add(svm.Train(a, b, members[a], members[b], cost));
                }
            }
        }

        // Where there is one class only, no machine says so.
        svm.Alone = labels[0];
        return svm;
    }

    private int Alone { get; set; }

    /// <summary>The class that most machines name; of equals the lower.</summary>
    /// <param name="point">Features <c>(dimensions)</c>.</param>
    public int Classify(ReadOnlySpan<float> point)
    {
        if (machines.Count == 0)
        {
            return Alone;
        }

        // A sample supports several machines: its kernel is computed once.
        var likeness = new float[features.Length / dimensions];
        for (var i = 0; i < likeness.Length; i++)
        {
            likeness[i] = Kernel(point, features.AsSpan(i * dimensions, dimensions));
        }

        var votes = new int[classes];
        foreach (var machine in machines)
        {
            var sum = machine.Offset;
            for (var k = 0; k < machine.Support.Length; k++)
            {
                sum += machine.Weights[k] * likeness[machine.Support[k]];
            }

            votes[sum > 0 ? machine.First : machine.Second]++;
        }

        return Array.IndexOf(votes, votes.Max());
    }

    private Machine Train(int first, int second, int[] ofFirst, int[] ofSecond, double cost)
    {
        int[] samples = [.. ofFirst, .. ofSecond];
        var signs = Array.ConvertAll(Enumerable.Range(0, samples.Length).ToArray(), i => (sbyte)(i < ofFirst.Length ? 1 : -1));
        var n = samples.Length;
        var kernel = new float[checked(n * n)];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                kernel[(i * n) + j] = kernel[(j * n) + i] = Kernel(
                    features.AsSpan(samples[i] * dimensions, dimensions), features.AsSpan(samples[j] * dimensions, dimensions));
            }
        }

        var (multipliers, offset) = MarginSolver.Solve(kernel, signs, cost);
        var support = Enumerable.Range(0, n).Where(i => multipliers[i] > 0).ToArray();
        return new Machine(first, second, Array.ConvertAll(support, i => samples[i]),
            Array.ConvertAll(support, i => multipliers[i] * signs[i]), offset);
    }

    private float Kernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var lanes = Vector<float>.Count;
        var (at, squares) = (0, Vector<float>.Zero);
        for (; at <= a.Length - lanes; at += lanes)
        {
            var difference = new Vector<float>(a[at..]) - new Vector<float>(b[at..]);
            squares += difference * difference;
        }

        var sum = Vector.Sum(squares);
        for (; at < a.Length; at++)
        {
            sum += (a[at] - b[at]) * (a[at] - b[at]);
        }

        return (float)Math.Exp(-gamma * sum);
    }

    private sealed record Machine(int First, int Second, int[] Support, double[] Weights, double Offset);
}
