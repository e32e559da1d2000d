using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// t-SNE, exact: lays items out on a plane so that near neighbours stay near. Distances between far groups, their sizes and gaps
/// mean nothing. Deterministic: it starts from the first two principal components, and every sum has one order.
/// </summary>
/// <remarks>
/// L. van der Maaten, G. Hinton: Visualizing Data using t-SNE (2008), with the early exaggeration and the learning rate of later
/// practice: affinities times 12 for 250 iterations, rate max(n / 48, 50), momentum 0.5, then 0.8. Time and memory grow with the
/// square of the number of items.
/// </remarks>
public sealed record TSne
{
    /// <summary>Most items that are laid out.</summary>
    public const int MostItems = 2000;

    private const double Exaggeration = 12, Start = 1e-4;
    private const int ExaggeratedFor = 250, MeasuredEvery = 50;

    /// <summary>Neighbours that each item has, in effect: 5 to 50; at most a third of the other items.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps of gradient descent.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Lays features out.</summary>
    /// <param name="features">(N, D), N up to <see cref="MostItems"/>; not all alike.</param>
    /// <param name="progress">Is told how many iterations are done; may be null.</param>
    /// <param name="stop">Ends the work between two iterations.</param>
    /// <exception cref="ArgumentException">
    /// Another shape or type, too many items, too few for the perplexity, values that are not finite, or items that are all
    /// alike.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Projection Fit(Tensor features, Action<int>? progress = null, CancellationToken stop = default)
    {
        FeatureRows rows = FeatureRows.Of(features, nameof(features), atLeast: 4);
        Check(rows);
        double[] p = Affinities.Joint(rows, Perplexity);
        var layout = new Layout(Initial(rows), p);
        var divergences = new List<(int, double)>();
        double rate = Math.Max(rows.Count / Exaggeration / 4, 50);
        for (int i = 0; i < Iterations; i++)
        {
            stop.ThrowIfCancellationRequested();
            bool early = i < ExaggeratedFor;
            layout.Step(early ? Exaggeration : 1, rate, early ? 0.5 : 0.8);
            if ((i + 1) % MeasuredEvery == 0 || i == Iterations - 1) divergences.Add((i + 1, layout.Divergence()));
            progress?.Invoke(i + 1);
        }

        return new Projection(layout.X, layout.Y, divergences);
    }

    private void Check(FeatureRows rows)
    {
        if (Iterations < 1) throw new ArgumentException($"Iterations is {Iterations}: expected at least 1.");
        if (rows.Count > MostItems)
        {
            throw new ArgumentException(
                $"There are {rows.Count} items: expected at most {MostItems}, as time grows with their square. Take a sample.");
        }

        double most = (rows.Count - 1) / 3.0;
        if (!(Perplexity > 1 && Perplexity <= most))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Perplexity is {Perplexity} for {rows.Count} items: expected above 1 up to {most:0.#}, a third of the other items."));
        }
    }

    // Principal components, small beside the distances they will grow to; a trace of noise lets equal items and lines unfold.
    private static (double[] X, double[] Y) Initial(FeatureRows rows)
    {
        if (rows.AreAlike())
        {
            throw new ArgumentException(
                "All items have the same features: there is nothing to lay out. Has the model collapsed?");
        }

        var (x, y) = PrincipalAxes.Coordinates(rows);
        double deviation = Math.Sqrt(FeatureRows.Dot(x, x) / x.Length);
        var noise = new Random(0);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Start * (x[i] / deviation + 0.01 * (noise.NextDouble() - 0.5));
            y[i] = Start * (y[i] / deviation + 0.01 * (noise.NextDouble() - 0.5));
        }

        return (x, y);
    }

    /// <summary>Points on a plane that are pulled by affinities and push each other away.</summary>
    private sealed class Layout((double[] X, double[] Y) start, double[] p)
    {
        private readonly int _count = start.X.Length;
        private readonly Axis _x = new(start.X), _y = new(start.Y);
        private readonly double[] _sums = new double[start.X.Length];

        internal double[] X => _x.Places;

        internal double[] Y => _y.Places;

        internal void Step(double exaggeration, double rate, double momentum)
        {
            FeatureRows.ForEach(_count, Forces);
            double total = _sums.Sum();
            _x.Move(exaggeration, total, rate, momentum);
            _y.Move(exaggeration, total, rate, momentum);
        }

        internal double Divergence()
        {
            FeatureRows.ForEach(_count, Forces);
            double total = _sums.Sum();
            double[] parts = new double[_count];
            FeatureRows.ForEach(_count, i =>
            {
                for (int j = 0; j < _count; j++)
                {
                    double near = p[i * _count + j];
                    if (near > 0) parts[i] += near * Math.Log(near * total / Kernel(X[i] - X[j], Y[i] - Y[j]));
                }
            });
            return parts.Sum();
        }

        private static double Kernel(double dx, double dy) => 1 / (1 + dx * dx + dy * dy);

        // Four items at once, and so in the same order on every processor.
        private void Forces(int i)
        {
            ReadOnlySpan<double> xs = X, ys = Y, near = p.AsSpan(i * _count, _count);
            Vector256<double> x = Vector256.Create(xs[i]), y = Vector256.Create(ys[i]);
            Vector256<double> sums = default, pullsX = default, pullsY = default, pushesX = default, pushesY = default;
            int j = 0;
            for (; j <= near.Length - Vector256<double>.Count; j += Vector256<double>.Count)
            {
                Vector256<double> dx = x - Vector256.Create(xs[j..]), dy = y - Vector256.Create(ys[j..]);
                var kernel = Vector256<double>.One / (Vector256<double>.One + dx * dx + dy * dy);
                Vector256<double> pull = Vector256.Create(near[j..]) * kernel, push = kernel * kernel;
                sums += kernel;
                pullsX += pull * dx;
                pullsY += pull * dy;
                pushesX += push * dx;
                pushesY += push * dy;
            }

            // An item is no neighbour of its own.
            double sum = Total(sums) - 1, pullX = Total(pullsX), pullY = Total(pullsY), pushX = Total(pushesX), pushY = Total(pushesY);
            for (; j < near.Length; j++)
            {
                double dx = xs[i] - xs[j], dy = ys[i] - ys[j], kernel = Kernel(dx, dy), pull = near[j] * kernel, push = kernel * kernel;
                sum += kernel;
                pullX += pull * dx;
                pullY += pull * dy;
                pushX += push * dx;
                pushY += push * dy;
            }

            _sums[i] = sum;
            (_x.Pulls[i], _x.Pushes[i], _y.Pulls[i], _y.Pushes[i]) = (pullX, pushX, pullY, pushY);
        }

        private static double Total(Vector256<double> sums) => sums[0] + sums[1] + (sums[2] + sums[3]);
    }

    /// <summary>One coordinate of all items, with the speed and the step size of each.</summary>
    private sealed class Axis(double[] places)
    {
        private readonly double[] _speeds = new double[places.Length];
        private readonly double[] _gains = [.. Enumerable.Repeat(1.0, places.Length)];

        internal double[] Places => places;

        internal double[] Pulls { get; } = new double[places.Length];

        internal double[] Pushes { get; } = new double[places.Length];

        internal void Move(double exaggeration, double total, double rate, double momentum)
        {
            double mean = 0;
            for (int i = 0; i < places.Length; i++)
            {
                double gradient = 4 * (exaggeration * Pulls[i] - Pushes[i] / total);
                bool onward = gradient > 0 != _speeds[i] > 0;
                _gains[i] = onward ? _gains[i] + 0.2 : Math.Max(0.01, _gains[i] * 0.8);
                _speeds[i] = momentum * _speeds[i] - rate * _gains[i] * gradient;
                places[i] += _speeds[i];
                mean += places[i] / places.Length;
            }

            for (int i = 0; i < places.Length; i++) places[i] -= mean;
        }
    }
}
