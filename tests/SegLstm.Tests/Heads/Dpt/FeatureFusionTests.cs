using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads.Dpt;

public sealed class FeatureFusionTests
{
    [Fact]
    public void The_enlarged_map_keeps_the_corners()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var block = new FeatureFusion(3, batchNorm: false);
        var path = randn([1, 3, 4, 5]);
        var same = block.forward(path, null, (4, 5));
        var twice = block.forward(path, null, null);
        Assert.Equal([1, 3, 8, 10], twice.shape);
        Close.Within(twice[.., .., 0, 0], same[.., .., 0, 0], 1e-5, "first corner");
        Close.Within(twice[.., .., -1, -1], same[.., .., -1, -1], 1e-5, "last corner");
    }

    [Fact]
    public void The_residual_adds_what_came_in_not_what_was_rectified()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var unit = new ResidualConvUnit(3, batchNorm: false);
        foreach (var parameter in unit.parameters())
        {
            nn.init.zeros_(parameter);
        }

        var x = -rand([1, 3, 4, 4]);
        Assert.Equal(0, Close.Error(unit.forward(x), x));
    }

    [Fact]
    public void Each_step_of_the_decoder_enlarges_to_the_next_finer_map()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var scratch = new DptScratch([2, 2, 2, 2], 3, batchNorm: true);
        scratch.eval();
        var even = scratch.forward([randn([1, 2, 16, 8]), randn([1, 2, 8, 4]), randn([1, 2, 4, 2]), randn([1, 2, 2, 1])]);
        Assert.Equal([1, 3, 32, 16], even.shape);
        var odd = scratch.forward([randn([1, 2, 12, 12]), randn([1, 2, 6, 6]), randn([1, 2, 3, 3]), randn([1, 2, 2, 2])]);
        Assert.Equal([1, 3, 24, 24], odd.shape);
    }

    [Fact]
    public void Aligned_resizing_is_linear_between_corners()
    {
        using var scope = NewDisposeScope();
        var row = tensor(new float[] { 0, 3 }).view(1, 1, 1, 2);
        Close.Within(Resizing.BilinearAligned(row, 1, 4).view(4), tensor(new float[] { 0, 1, 2, 3 }), 1e-6, "aligned");
        Close.Within(Resizing.Bilinear(row, 1, 4).view(4), tensor(new float[] { 0, 0.75f, 2.25f, 3 }), 1e-6, "not aligned");
    }
}
