using SegLstm.Pretraining.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Losses;

public sealed class NtXentLossTests
{
    [Theory]
    [InlineData(1, 0.5, false)]
    [InlineData(2, 0.5, false)]
    [InlineData(5, 0.1, false)]
    [InlineData(5, 0.1, true)]
    [InlineData(2, 0.5, true)]
    public void It_is_the_sum_of_its_definition(int batch, double temperature, bool positive)
    {
        using var scope = NewDisposeScope();
        var (first, second) = Vectors(batch);
        var loss = new NtXentLoss(temperature, positive).forward(first, second).item<double>();
        Assert.Equal(Defined(first, second, temperature, positive), loss, 1e-12);
    }

    [Fact]
    public void Without_the_positive_in_the_denominator_the_loss_of_like_pairs_is_negative_and_with_it_never()
    {
        using var scope = NewDisposeScope();
        var axes = eye(4, dtype: ScalarType.Float64);
        Assert.True(new NtXentLoss(0.1).forward(axes, axes).item<double>() < -7);
        Assert.InRange(new NtXentLoss(0.1, positiveInDenominator: true).forward(axes, axes).item<double>(), 0, 0.001);
    }

    [Fact]
    public void Lengths_do_not_matter_and_small_temperatures_do_not_overflow()
    {
        using var scope = NewDisposeScope();
        var (first, second) = Vectors(4);
        var loss = new NtXentLoss(0.5);
        Assert.Equal(loss.forward(first, second).item<double>(), loss.forward(3 * first, 0.01 * second).item<double>(), 1e-12);
        var (a, b) = (first.to(ScalarType.Float32), second.to(ScalarType.Float32));
        Assert.True(new NtXentLoss(0.002).forward(a, b).isfinite().item<bool>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_right(bool positive)
    {
        var (first, second) = Vectors(4);
        first.requires_grad_(true);
        second.requires_grad_(true);
        var loss = new NtXentLoss(0.5, positive);
        GradientCheck.Run(() => loss.forward(first, second), [("first", first), ("second", second)]);
    }

    [Fact]
    public void Other_shapes_and_temperatures_are_refused()
    {
        Assert.Contains("(3, 8) and (4, 8)", Assert.Throws<ArgumentException>(() => new NtXentLoss().forward(randn(3, 8), randn(4, 8))).Message);
        Assert.Throws<ArgumentException>(() => new NtXentLoss().forward(randn(8), randn(8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NtXentLoss(0));
    }

    private static (Tensor First, Tensor Second) Vectors(int batch)
    {
        var random = new Generator(7);
        Tensor Draw() => randn([batch, 6], dtype: ScalarType.Float64, generator: random);
        return (Draw(), Draw());
    }

    private static double Defined(Tensor first, Tensor second, double temperature, bool positive)
    {
        var rows = cat([first, second], 0);
        double[][] z = [.. Enumerable.Range(0, (int)rows.shape[0]).Select(row => Unit(rows[row].data<double>().ToArray()))];
        double Similarity(int a, int b) => Math.Exp(z[a].Zip(z[b], (x, y) => x * y).Sum() / temperature);
        return Enumerable.Range(0, z.Length).Average(k =>
        {
            var own = (k + (z.Length / 2)) % z.Length;
            var sum = Enumerable.Range(0, z.Length).Where(n => n != k && (positive || n != own)).Sum(n => Similarity(k, n));
            return -Math.Log(Similarity(k, own) / (sum + (positive ? 0 : 1e-8)));
        });
    }

    private static double[] Unit(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
