using SegLstm.Heads;
using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads.Dpt;

public sealed class ReassembleTests
{
    private static readonly TokenGrid Grid = new(4, 6);

    [Theory]
    [InlineData(16, 4, 16, 24)]
    [InlineData(16, 8, 8, 12)]
    [InlineData(16, 16, 4, 6)]
    [InlineData(16, 32, 2, 3)]
    [InlineData(32, 4, 32, 48)]
    [InlineData(32, 32, 4, 6)]
    [InlineData(8, 32, 1, 2)]
    public void A_map_has_its_stride_also_on_a_rectangular_grid(int patch, int stride, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        var reassemble = new Reassemble(6, 3, patch, stride, DptReadout.Project);
        Assert.Equal([2, 3, rows, columns], reassemble.forward(randn([2, 25, 6]), Grid).shape);
    }

    [Fact]
    public void The_readouts_do_with_the_class_token_what_they_say()
    {
        using var scope = NewDisposeScope();
        var tokens = randn([2, 25, 6]);
        var patches = tokens.narrow(1, 1, 24);
        var classes = tokens.narrow(1, 0, 1);
        var ignore = new Reassemble(6, 3, 16, 16, DptReadout.Ignore);
        Close.Within(ignore.forward(tokens, Grid), ignore.Resample(TokenPooling.ToImage(patches, Grid)), 1e-6, "ignore");
        var add = new Reassemble(6, 3, 16, 16, DptReadout.Add);
        Close.Within(add.forward(tokens, Grid), add.Resample(TokenPooling.ToImage(patches + classes, Grid)), 1e-6, "add");
        var project = new Reassemble(6, 3, 16, 16, DptReadout.Project);
        var state = project.state_dict();
        var mixed = nn.functional.gelu(
            cat([patches, classes.expand(2, 24, 6)], 2).matmul(state["0.project.0.weight"].t()) + state["0.project.0.bias"]);
        Close.Within(project.forward(tokens, Grid), project.Resample(TokenPooling.ToImage(mixed, Grid)), 1e-5, "project");
    }

    [Fact]
    public void With_a_distillation_token_the_mean_of_both_is_added_and_both_are_dropped()
    {
        using var scope = NewDisposeScope();
        var tokens = randn([2, 26, 6]);
        var patches = tokens.narrow(1, 2, 24);
        var add = new Reassemble(6, 3, 16, 16, DptReadout.Add, prefixTokens: 2);
        var mean = tokens.narrow(1, 0, 2).mean([1], keepdim: true);
        Close.Within(add.forward(tokens, Grid), add.Resample(TokenPooling.ToImage(patches + mean, Grid)), 1e-6, "add");
        var ignore = new Reassemble(6, 3, 16, 16, DptReadout.Ignore, prefixTokens: 2);
        Close.Within(ignore.forward(tokens, Grid), ignore.Resample(TokenPooling.ToImage(patches, Grid)), 1e-6, "ignore");
    }

    [Fact]
    public void The_projections_gradients_are_right_in_single_precision()
    {
        // With the GELU on the tokens, libtorch's oneDNN kernel gives noise here.
        using var scope = NewDisposeScope();
        var project = new Reassemble(6, 3, 16, 8, DptReadout.Project);
        var tokens = randn([1, 25, 6]);
        Tensor Gradient(ScalarType type)
        {
            project.to(type);
            var leaf = tokens.to(type, copy: true).requires_grad_();
            project.forward(leaf, Grid).square().sum().backward();
            return leaf.grad!;
        }

        var exact = Gradient(ScalarType.Float64);
        Close.Within(Gradient(ScalarType.Float32), exact, 1e-5, "gradient");
    }

    [Fact]
    public void Tokens_that_do_not_fill_the_grid_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("4 rows and 6 columns", Assert.Throws<ArgumentException>(
            () => new Reassemble(6, 3, 16, 16, DptReadout.Ignore).forward(randn([2, 24, 6]), Grid)).Message);
    }
}
