using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public sealed class ImageCrossEntropyLossTests
{
    [Fact]
    public void Of_classes_it_is_PyTorchs_and_of_shares_its_sum_over_log_softmax()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        Tensor logits = randn(6, 5, dtype: ScalarType.Float64), label = tensor(new long[] { 0, 4, 2, 2, 1, 3 });
        using var loss = new ImageCrossEntropyLoss();
        Close(nn.functional.cross_entropy(logits, label), loss.call(logits, label));
        Tensor hot = nn.functional.one_hot(label, 5).to(ScalarType.Float64);
        Close(loss.call(logits, label), loss.call(logits, hot));
        Tensor shares = rand(6, 5, dtype: ScalarType.Float64).softmax(1);
        Close(-(shares * logits.log_softmax(1)).sum(1).mean(), loss.call(logits, shares));
        Close(nn.functional.cross_entropy(logits, shares), loss.call(logits, shares));
    }

    [Fact]
    public void An_image_of_the_ignored_label_adds_nothing_and_counts_in_the_mean()
    {
        using var scope = NewDisposeScope();
        Tensor logits = tensor(new double[] { 1, 2, 3, 0, 0, 0 }, [2, 3]);
        using var loss = new ImageCrossEntropyLoss();
        Tensor one = loss.call(logits.narrow(0, 0, 1), tensor(new long[] { 1 }));
        Close(one / 2, loss.call(logits, tensor(new long[] { 1, -1 })));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_told()
    {
        using var scope = NewDisposeScope();
        using var loss = new ImageCrossEntropyLoss();
        Assert.Contains("got (2, 3) and (3)",
            Assert.Throws<ArgumentException>(() => loss.call(zeros(2, 3), zeros(3, ScalarType.Int64))).Message);
        Assert.Contains("got (2, 3) and (2, 4)", Assert.Throws<ArgumentException>(() => loss.call(zeros(2, 3), zeros(2, 4))).Message);
    }

    private static void Close(Tensor expected, Tensor got) => Assert.Equal(expected.item<double>(), got.item<double>(), 1e-12);
}
