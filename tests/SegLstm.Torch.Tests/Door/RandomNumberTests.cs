using TorchSharp;

namespace SegLstm.Tests.Torch.Door;

[Collection(nameof(DefaultGenerator))]
public class RandomNumberTests
{
    [Fact]
    public void The_same_seed_gives_PyTorchs_own_normal_numbers()
    {
        torch.manual_seed(1234);
        using var drawn = torch.randn(5, dtype: torch.float64);
        // torch.manual_seed(1234); torch.randn(5, dtype=torch.float64) in PyTorch 1.13.1.
        double[] expected = [0.04613046189666927, 0.4024028259218943, -1.0115290977852014, 0.21673823500721032, -0.6122731137752989];
        Assert.Equal(expected, drawn.data<double>().ToArray());
    }

    [Fact]
    public void A_generator_of_its_own_gives_PyTorchs_own_uniform_numbers()
    {
        using var generator = new torch.Generator(7);
        using var drawn = torch.rand(4, dtype: torch.float64, generator: generator);
        double[] expected = [0.279380429906404, 0.27369371365176565, 0.8620929614176255, 0.6566884305882014];
        Assert.Equal(expected, drawn.data<double>().ToArray());
    }

    [Fact]
    public void A_state_brings_a_sequence_back()
    {
        using var generator = new torch.Generator(3);
        using var state = generator.get_state();
        using var first = torch.rand(8, generator: generator);
        generator.set_state(state);
        using var again = torch.rand(8, generator: generator);
        Assert.Equal(first.data<float>().ToArray(), again.data<float>().ToArray());
    }
}
