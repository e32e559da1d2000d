using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class TSneTests
{
    private static bool IsLong => Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1";

    [Theory]
    [InlineData(2, 40)]
    [InlineData(30, 100)]
    [InlineData(50, 400)]
    public void Every_item_has_the_neighbours_that_were_asked_for(double perplexity, int items)
    {
        using Tensor features = Points.Normal(items, 20, 1).pow(3);
        double[] conditional = Affinities.Conditional(FeatureRows.Of(features, "features"), perplexity);
        for (int i = 0; i < items; i++)
        {
            var row = conditional.AsSpan(i * items, items);
            Assert.Equal(perplexity, Affinities.Perplexity(row), 1e-4);
            Assert.Equal(0, row[i]);
            double sum = 0;
            foreach (double p in row) sum += p;
            Assert.Equal(1, sum, 1e-12);
        }
    }

    [Fact]
    public void Equally_near_items_share_the_affinity_and_all_pairs_sum_to_1()
    {
        // The corners of a simplex are all as far from each other: however narrow the Gaussian, each has n - 1 neighbours.
        using Tensor simplex = eye(9, dtype: ScalarType.Float64);
        FeatureRows rows = FeatureRows.Of(simplex, "features");
        Assert.All(Affinities.Conditional(rows, 2).Where((_, i) => i / 9 != i % 9), p => Assert.Equal(0.125, p, 1e-12));
        double[] joint = Affinities.Joint(rows, 2);
        Assert.Equal(1, joint.Sum(), 1e-12);
        Assert.All(joint.Where((_, i) => i / 9 != i % 9), p => Assert.Equal(1 / 72.0, p, 1e-12));
    }

    [Fact]
    public void Principal_axes_are_those_of_greatest_variance()
    {
        // Deviations 5, 2 and 0.1 along turned axes.
        using var scope = NewDisposeScope();
        var (turn, _, _) = linalg.svd(Points.Normal(3, 3, 8));
        Tensor places = Points.Normal(300, 3, 9) * Points.Of([5, 2, 0.1]);
        var (first, second) = PrincipalAxes.Coordinates(FeatureRows.Of(places.matmul(turn.t()) + 7, "features"));
        Assert.Equal(1, Math.Abs(Correlation(first, places.select(1, 0))), 1e-2);
        Assert.Equal(1, Math.Abs(Correlation(second, places.select(1, 1))), 1e-2);
        Assert.Equal(0, Correlation(first, tensor(second)), 1e-6);
        Assert.True(first.MaxBy(Math.Abs) > 0 && second.MaxBy(Math.Abs) > 0);

        static double Correlation(double[] a, Tensor b)
        {
            Tensor x = tensor(a), u = x - x.mean(), v = b - b.mean();
            return (u * v).sum().item<double>() / Math.Sqrt(u.square().sum().item<double>() * v.square().sum().item<double>());
        }
    }

    [Fact]
    public void Separable_clusters_stay_apart_and_the_divergence_falls()
    {
        int items = IsLong ? TSne.MostItems : 150;
        var (features, labels) = Points.Clusters(items, 12, 3, 10, 1);
        Projection map;
        using (features) map = new TSne { Perplexity = 15, Iterations = IsLong ? 1000 : 500 }.Fit(features);
        // The nearest item on the map is of the same cluster.
        for (int i = 0; i < items; i++)
        {
            int nearest = Enumerable.Range(0, items).Where(j => j != i)
                .MinBy(j => Math.Pow(map.X[i] - map.X[j], 2) + Math.Pow(map.Y[i] - map.Y[j], 2));
            Assert.Equal(labels[i], labels[nearest]);
        }

        // It is measured against affinities that are not exaggerated, and so falls once these are what is followed.
        double[] nats = [.. map.Divergences.Where(d => d.Iteration >= 250).Select(d => d.Nats)];
        Assert.True(nats.Zip(nats.Skip(1)).All(pair => pair.Second < pair.First + 1e-3), string.Join(" ", nats));
        Assert.True(nats[^1] < 0.8 * nats[0] && nats[^1] > 0, string.Join(" ", nats));
        Assert.Equal(0, map.X.Average(), 1e-9);
    }

    [Fact]
    public void The_divergence_is_that_of_the_finished_map_worked_out_pair_by_pair()
    {
        using Tensor features = Points.Normal(31, 6, 3);
        Projection map = new TSne { Perplexity = 5, Iterations = 290 }.Fit(features);
        double[] p = Affinities.Joint(FeatureRows.Of(features, "features"), 5);
        double Kernel(int i, int j) => 1 / (1 + Math.Pow(map.X[i] - map.X[j], 2) + Math.Pow(map.Y[i] - map.Y[j], 2));
        var pairs = Enumerable.Range(0, 31 * 31).Select(k => (I: k / 31, J: k % 31)).Where(pair => pair.I != pair.J).ToArray();
        double total = pairs.Sum(pair => Kernel(pair.I, pair.J));
        double nats = pairs.Sum(pair => p[pair.I * 31 + pair.J] * Math.Log(p[pair.I * 31 + pair.J] / (Kernel(pair.I, pair.J) / total)));
        Assert.Equal(290, map.Divergences[^1].Iteration);
        Assert.Equal(nats, map.Divergences[^1].Nats, 1e-10);
    }

    [Fact]
    public void A_finished_map_is_where_pulls_and_pushes_balance()
    {
        // The gradient of the divergence, 4 sum (p - q) (y_i - y_j) kernel, is near 0 for each item beside the parts it is made of.
        using Tensor features = Points.Normal(30, 6, 3);
        Projection map = new TSne { Perplexity = 5, Iterations = 3000 }.Fit(features);
        double[] p = Affinities.Joint(FeatureRows.Of(features, "features"), 5);
        double Kernel(int i, int j) => i == j ? 0 : 1 / (1 + Math.Pow(map.X[i] - map.X[j], 2) + Math.Pow(map.Y[i] - map.Y[j], 2));
        int[] all = [.. Enumerable.Range(0, 30)];
        double total = all.Sum(i => all.Sum(j => Kernel(i, j)));
        foreach (int i in all)
        {
            double[] forces = [.. all.Select(j => (p[i * 30 + j] - Kernel(i, j) / total) * Kernel(i, j) * (map.X[i] - map.X[j]))];
            Assert.Equal(0, forces.Sum() / forces.Sum(Math.Abs), 1e-3);
        }
    }

    [Fact]
    public void Equal_features_give_equal_bits_on_any_number_of_threads()
    {
        using Tensor features = Points.Normal(60, 5, 2);
        var tsne = new TSne { Perplexity = 10, Iterations = 120 };
        Projection one = tsne.Fit(features), again = tsne.Fit(features);
        Assert.Equal(one.X, again.X);
        Assert.Equal(one.Divergences, again.Divergences);
    }

    [Fact]
    public void Items_on_a_line_and_doubles_unfold_into_finite_places()
    {
        using Tensor line = arange(60, ScalarType.Float64).unsqueeze(1).div(2, RoundingMode.floor);
        Projection map = new TSne { Perplexity = 5, Iterations = 300 }.Fit(line);
        Assert.All(map.X.Concat(map.Y), place => Assert.True(double.IsFinite(place)));
        Assert.Equal(60, map.X.Zip(map.Y).Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_laid_out_is_refused_with_what_to_do_and_work_can_be_stopped()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("Take a sample", Message(() => new TSne().Fit(zeros(2001, 2))));
        Assert.Contains("up to 9.7", Message(() => new TSne().Fit(Points.Normal(30, 2, 1))));
        Assert.Contains("all items have the same", Message(() => new TSne { Perplexity = 3 }.Fit(ones(20, 2))).ToLowerInvariant());
        Assert.Contains("Iterations is 0", Message(() => new TSne { Iterations = 0 }.Fit(ones(20, 2))));
        using var stop = new CancellationTokenSource();
        int done = 0;
        Assert.Throws<OperationCanceledException>(() => new TSne { Perplexity = 3 }.Fit(Points.Normal(20, 2, 1), i =>
        {
            if (i == 5) stop.Cancel();
            done = i;
        }, stop.Token));
        Assert.Equal(5, done);

        static string Message(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }
}
