#if !TORCHSHARP
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Distributed;

public class SynchronizedNormTests
{
    // Ranks of unequal batches: 3 and 1 of 4 samples.
    private const long First = 3;

    [Theory]
    [InlineData(ScalarType.Float64, true, 1e-12)]
    [InlineData(ScalarType.Float64, false, 1e-12)]
    [InlineData(ScalarType.Float32, true, 2e-6)]
    public void Two_ranks_normalise_like_one_batch_forward_and_backward(ScalarType type, bool affine, double tolerance)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        Tensor x = randn(4, 5, 6, 7).to(type) * 3 + 2, grad = randn(4, 5, 6, 7).to(type);
        BatchNorm2d whole = Norm(type, affine);
        Tensor leaf = x.clone().requires_grad_(true), expected = whole.forward(leaf);
        expected.backward([grad]);

        var (outputs, inputs) = (new Tensor[2], new Tensor[2]);
        var norms = new BatchNorm2d[2];
        Ranks.Run(2, group =>
        {
            int rank = group.rank();
            norms[rank] = nn.SyncBatchNorm.convert_sync_batchnorm(Norm(type, affine), group);
            Tensor part = Part(x, rank).clone().requires_grad_(true);
            Tensor output = norms[rank].forward(part);
            output.backward([Part(grad, rank)]);
            (outputs[rank], inputs[rank]) = (output.detach().alias().DetachFromDisposeScope(), part.grad!.DetachFromDisposeScope());
        });

        Close(expected, cat(outputs), tolerance);
        Close(leaf.grad!, cat(inputs), tolerance);
        foreach (BatchNorm2d norm in norms)
        {
            Close(whole.running_mean!, norm.running_mean!, tolerance);
            Close(whole.running_var!, norm.running_var!, tolerance);
            Assert.Equal(1, norm.num_batches_tracked!.item<long>());
        }

        Assert.True(norms[0].running_var!.eq(norms[1].running_var!).all().item<bool>());
        if (!affine) return;
        Close(whole.weight.grad!, norms[0].weight.grad! + norms[1].weight.grad!, tolerance);
        Close(whole.bias!.grad!, norms[0].bias!.grad! + norms[1].bias!.grad!, tolerance);
    }

    [Fact]
    public void Evaluation_asks_nobody() => Ranks.Run(2, group =>
    {
        if (group.rank() == 1) return;
        BatchNorm2d norm = nn.SyncBatchNorm.convert_sync_batchnorm(Norm(ScalarType.Float32, true), group);
        norm.eval();
        using Tensor x = ones(1, 5, 2, 2);
        using Tensor y = norm.forward(x);
        Assert.Equal([1, 5, 2, 2], y.shape);
    });

    private static Tensor Part(Tensor x, int rank) => rank == 0 ? x.narrow(0, 0, First) : x.narrow(0, First, x.shape[0] - First);

    private static BatchNorm2d Norm(ScalarType type, bool affine)
    {
        BatchNorm2d norm = nn.BatchNorm2d(5, affine: affine, dtype: type);
        if (!affine) return norm;
        using var frozen = no_grad();
        norm.weight.copy_(arange(1, 6).to(type));
        norm.bias!.copy_(arange(0, 5).to(type));
        return norm;
    }

    private static void Close(Tensor expected, Tensor got, double tolerance)
    {
        using var frozen = no_grad();
        double scale = Math.Max(1, expected.abs().max().to(ScalarType.Float64).item<double>());
        Assert.InRange((expected - got).abs().max().to(ScalarType.Float64).item<double>(), 0, tolerance * scale);
    }
}
#endif
