using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class LayerTests
{
    [Fact]
    public void Batch_norm_moves_its_running_statistics_in_training_and_uses_them_after()
    {
        using var scope = NewDisposeScope();
        using var norm = BatchNorm1d(1, momentum: 0.25);
        norm.call(tensor(new float[,] { { 1 }, { 3 } }));
        norm.call(tensor(new float[,] { { 5 }, { 9 } }));
        Assert.Equal(0.75 * (0.25 * 2) + 0.25 * 7, norm.running_mean!.item<float>(), 5);
        Assert.Equal(0.75 * (0.75 + 0.25 * 2) + 0.25 * 8, norm.running_var!.item<float>(), 5);
        Assert.Equal(2, norm.num_batches_tracked!.to_type(ScalarType.Int64).item<long>());

        norm.eval();
        var mean = norm.running_mean!.item<float>();
        Assert.Equal(0, norm.call(full(new long[] { 1, 1 }, mean)).item<float>(), 5);
        Assert.Equal(mean, norm.running_mean!.item<float>());
        norm.reset_running_stats();
        Assert.Equal(0, norm.running_mean!.item<float>());
    }

    [Fact]
    public void Batch_norm_without_tracking_uses_the_batch_at_evaluation_too()
    {
        using var scope = NewDisposeScope();
        using var norm = BatchNorm1d(1, track_running_stats: false);
        norm.eval();
        Assert.Null(norm.running_mean);
        Assert.Equal(1, norm.call(tensor(new float[,] { { 1 }, { 3 } })).max().item<float>(), 3);
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys);
    }

    [Fact]
    public void Batch_norm_saves_five_tensors()
    {
        using var norm = BatchNorm2d(2);
        Assert.Equal(["bias", "num_batches_tracked", "running_mean", "running_var", "weight"], norm.state_dict().Keys.Order());
    }

    [Fact]
    public void An_input_of_the_wrong_shape_is_refused_before_libtorch_sees_it()
    {
        using var image = ones(1, 3, 4, 4);
        using var convolution = Conv2d(2, 1, 3);
        using var norm = BatchNorm1d(3);
        Assert.Throws<ArgumentException>(() => convolution.call(image));
        Assert.Throws<ArgumentException>(() => norm.call(image));
    }

    [Fact]
    public void Dropout_does_nothing_at_evaluation_and_keeps_the_mean_in_training()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var dropout = Dropout(0.25);
        var x = ones(100_000);
        Assert.InRange(dropout.call(x).mean().item<float>(), 0.98, 1.02);
        dropout.eval();
        Assert.Equal(100_000, dropout.call(x).sum().item<float>());
    }

    [Fact]
    public void Dropout_of_channels_drops_whole_channels()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var sums = Dropout2d(0.5).call(ones(1, 50, 3, 3)).sum([2L, 3L]).data<float>().ToArray();
        Assert.All(sums, sum => Assert.True(sum is 0 or 18));
        Assert.Contains(0f, sums);
        Assert.Contains(18f, sums);
    }

    [Fact]
    public void An_embeddings_padding_row_is_zero_and_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var table = Embedding(4, 3, padding_idx: 1);
        Assert.Equal(0, table.weight![1].abs().sum().item<float>());
        table.call(tensor(new long[] { 1, 2, 2 })).sum().backward();
        Assert.Equal([0f, 0f, 6f, 0f], table.weight!.grad!.sum([1L]).data<float>().ToArray());
    }

    [Fact]
    public void An_embedding_from_given_vectors_is_frozen_unless_asked()
    {
        using var scope = NewDisposeScope();
        Assert.False(Embedding_from_pretrained(ones(2, 2)).weight!.requires_grad);
        Assert.True(Embedding_from_pretrained(ones(2, 2), freeze: false).weight!.requires_grad);
    }

    [Fact]
    public void Replacing_a_parameter_replaces_it_in_the_state()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 2);
        var given = Parameter(full(new long[] { 2, 2 }, 4.0f));
        layer.weight = given;
        layer.bias = null;
        Assert.Equal(["weight"], layer.state_dict().Keys);
        Assert.Equal([8f, 8f], layer.call(ones(1, 2)).data<float>().ToArray());
    }

    [Fact]
    public void A_transposed_convolution_reaches_an_output_size_that_the_stride_leaves_open()
    {
        using var scope = NewDisposeScope();
        using var layer = ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        var x = ones(1, 1, 4, 4);
        Assert.Equal([1L, 1, 7, 7], layer.call(x).shape);
        Assert.Equal([1L, 1, 8, 7], layer.forward(x, [8, 7]).shape);
        Assert.Throws<ArgumentException>(() => layer.forward(x, [9, 7]));
    }

    [Fact]
    public void A_loss_with_weights_moves_them_with_itself()
    {
        using var scope = NewDisposeScope();
        using var loss = CrossEntropyLoss(tensor(new float[] { 1, 3 }), ignore_index: 5);
        loss.to(ScalarType.Float64);
        var logits = zeros(3, 2, ScalarType.Float64);
        Assert.Equal(Math.Log(2), loss.call(logits, tensor(new long[] { 0, 1, 5 })).item<double>(), 12);
    }
}
