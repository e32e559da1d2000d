using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public sealed class CrossEntropyLossTests
{
    private static readonly long[] Labels = [0, 255, 2, 1, 255, 255];

    [Fact]
    public void The_sum_is_divided_by_all_pixels_ignored_ones_included()
    {
        using var scope = NewDisposeScope();
        var (logits, label) = Inputs();
        var pixels = nn.functional.cross_entropy(logits, label, ignore_index: 255, reduction: nn.Reduction.None);
        Close.Within(new CrossEntropyLoss().forward(logits, label), pixels.sum() / 6, 1e-6, "all six pixels");
        Close.Within(new CrossEntropyLoss(averageNonIgnored: true).forward(logits, label), pixels.sum() / 3, 1e-6,
            "three labelled pixels");
        Close.Within(new CrossEntropyLoss(0.4).forward(logits, label), pixels.sum() / 6 * 0.4, 1e-6, "weighted");
    }

    [Fact]
    public void Averaging_over_labelled_pixels_is_what_PyTorch_does()
    {
        using var scope = NewDisposeScope();
        var (logits, label) = Inputs();
        Close.Within(
            new CrossEntropyLoss(averageNonIgnored: true).forward(logits, label),
            nn.functional.cross_entropy(logits, label, ignore_index: 255), 1e-6, "plain");
        var weights = new[] { 1.0, 3.0, 0.5 };
        Close.Within(
            new CrossEntropyLoss(averageNonIgnored: true, classWeights: weights).forward(logits, label),
            nn.functional.cross_entropy(logits, label, tensor(weights, dtype: ScalarType.Float32), 255), 1e-6,
            "with class weights");
    }

    [Fact]
    public void Class_weights_count_in_the_divisor_and_ignored_pixels_as_one()
    {
        using var scope = NewDisposeScope();
        var (logits, label) = Inputs();
        var weights = new[] { 1.0, 3.0, 0.5 };
        var sum = nn.functional.cross_entropy(logits, label, tensor(weights, dtype: ScalarType.Float32), 255, nn.Reduction.Sum);
        Close.Within(new CrossEntropyLoss(classWeights: weights).forward(logits, label), sum / (4.5 + 3), 1e-6,
            "labels 0, 2, 1 and three ignored");
    }

    [Fact]
    public void A_label_map_without_labels_gives_zero_and_not_a_number()
    {
        using var scope = NewDisposeScope();
        var (logits, _) = Inputs();
        var nothing = full([1, 2, 3], 255, dtype: ScalarType.Int64);
        var loss = new CrossEntropyLoss(averageNonIgnored: true).forward(logits.requires_grad_(), nothing);
        Assert.Equal(0, loss.item<float>());
        loss.backward();
        Assert.Equal(0, logits.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Shapes_and_weights_that_do_not_fit_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var (logits, label) = Inputs();
        Assert.Contains("one size",
            Assert.Throws<ArgumentException>(() => new CrossEntropyLoss().forward(logits, label.view(1, 3, 2))).Message);
        Assert.Contains("3 class weights",
            Assert.Throws<ArgumentException>(() => new CrossEntropyLoss(classWeights: [1, 2]).forward(logits, label)).Message);
    }

    private static (Tensor Logits, Tensor Label) Inputs()
    {
        manual_seed(9);
        return (randn([1, 3, 2, 3]), tensor(Labels).view(1, 2, 3));
    }
}
