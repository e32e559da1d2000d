using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Tokens;

/// <summary>A kernel over tokens beside its reference.</summary>
/// <param name="Reference">The reference, of the inputs; missing ones are null.</param>
/// <param name="Form">The kernel, with vectors of a width.</param>
internal sealed record TokenKernel(Func<Tensor[], Tensor> Reference, Func<LaneWidth, Tensor[], Tensor> Form)
{
    /// <summary>Fails unless every width computes the reference's outputs and gradients, in double and in single
    /// precision.</summary>
    /// <param name="inputs">Inputs in double precision.</param>
    public void AssertEqualsReference(params Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        var exact = Everything(Reference, inputs, ScalarType.Float64);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-12), (ScalarType.Float32, 3e-6) })
            {
                var got = Everything(x => Form(width, x), inputs, type);
                for (var k = 0; k < got.Count; k++)
                {
                    Close.Within(got[k], exact[k], tolerance, $"{width}, {type}, {(k == 0 ? "outputs" : $"gradient {k - 1}")}");
                }
            }
        }
    }

    /// <summary>Fails unless one thread gives the bits that four give, with and without a gradient.</summary>
    public void AssertThreadsDoNotMatter(params Tensor?[] inputs)
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = Everything(Widest, inputs, ScalarType.Float32);
            set_num_threads(4);
            var four = Everything(Widest, inputs, ScalarType.Float32);
            Assert.All(four.Zip(one), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
            using var no = no_grad();
            Assert.True(Widest([.. inputs.Select(x => x?.to(ScalarType.Float32)!)]).equal(one[0]).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Fails unless gradients of gradients are refused by naming the reference.</summary>
    public void AssertRefusesSecondGradients(string reference, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor[] leaves = [.. inputs.Select(x => x.detach().requires_grad_())];
        var error = Assert.ThrowsAny<Exception>(() => autograd.grad([Widest(leaves).sum()], leaves, create_graph: true));
        Assert.Contains(reference, error.ToString());
    }

    /// <summary>Fails unless gradients arrive only where they are wanted.</summary>
    public void AssertLeavesTheRestAlone(params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        for (var wanted = 0; wanted < inputs.Length; wanted++)
        {
            Tensor[] leaves = [.. inputs.Select((x, place) => x.detach().requires_grad_(place == wanted))];
            Widest(leaves).sum().backward();
            Assert.All(leaves.Select((leaf, place) => (leaf, place)), pair =>
                Assert.Equal(pair.place == wanted, pair.leaf.grad is not null));
        }
    }

    private Tensor Widest(Tensor[] x) => Form(LaneWidths.Widest, x);

    private static List<Tensor> Everything(Func<Tensor[], Tensor> form, Tensor?[] inputs, ScalarType type)
    {
        Tensor[] leaves = [.. inputs.Select(x => x?.detach().to(type).clone().requires_grad_()!)];
        var y = form(leaves);
        Assert.Equal(type, y.dtype);
        manual_seed(7);
        y.backward([randn(y.shape, dtype: ScalarType.Float64).to(type)]);
        return [y.detach(), .. leaves.Where(leaf => leaf is not null).Select(leaf => leaf.grad!)];
    }
}
