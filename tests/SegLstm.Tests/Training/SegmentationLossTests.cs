using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

/// <summary>Dice and focal loss in double precision, beside the formulas written out pixel by pixel.</summary>
public class SegmentationLossTests
{
    private const int N = 2, Classes = 3, Height = 3, Width = 4;

    private static readonly double[] Weights = [1, 2.5, 0.5];

    [Theory]
    [InlineData(false, 255)]
    [InlineData(true, 255)]
    [InlineData(false, 1)]
    public void Dice_is_the_formula_summed_by_hand(bool weighed, int ignored)
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor label) = Inputs(ignored);
        using var loss = new DiceLoss(0.7, ignored, weighed ? Weights : null);
        Assert.Equal(0.7 * Dice(logits, label, ignored, weighed), loss.forward(logits, label).item<double>(), 1e-12);
        GradientCheck.Run(() => loss.forward(logits, label), [("logits", logits)], samples: N * Classes * Height * Width);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Focal_is_the_formula_summed_by_hand(bool weighed, bool labelledOnly)
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor label) = Inputs(255);
        using var loss = new FocalLoss(1.3, 255, labelledOnly, weighed ? Weights : null);
        Assert.Equal(1.3 * Focal(logits, label, weighed, labelledOnly), loss.forward(logits, label).item<double>(), 1e-12);
        GradientCheck.Run(() => loss.forward(logits, label), [("logits", logits)], samples: N * Classes * Height * Width);
    }

    [Fact]
    public void Ignored_pixels_have_no_gradient_and_maps_without_labels_give_a_finite_loss()
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor label) = Inputs(255);
        foreach (SegmentationLoss loss in new SegmentationLoss[] { new DiceLoss(), new FocalLoss(averageNonIgnored: true) })
        {
            logits.grad = null;
            loss.forward(logits, label).backward();
            Tensor ignored = label.eq(255).unsqueeze(1).expand_as(logits);
            Assert.Equal(0, logits.grad!.masked_select(ignored).abs().max().item<double>());
            Assert.NotEqual(0, logits.grad.abs().max().item<double>());
            Assert.True(double.IsFinite(loss.forward(logits, full_like(label, 255)).item<double>()));
            Assert.Contains("one size",
                Assert.Throws<ArgumentException>(() => loss.forward(logits, label.view(N, Width, Height))).Message);
            loss.Dispose();
        }
    }

    [Fact]
    public void Perfect_scores_have_no_loss_and_the_worst_have_the_most()
    {
        using var scope = NewDisposeScope();
        (_, Tensor label) = Inputs(255);
        Tensor labelled = label.masked_fill(label.eq(255), 0);
        Tensor right = nn.functional.one_hot(labelled, Classes).permute(0, 3, 1, 2).to(ScalarType.Float64) * 80 - 40;
        using var dice = new DiceLoss();
        using var focal = new FocalLoss();
        Assert.Equal(0, dice.forward(right, labelled).item<double>(), 1e-12);
        Assert.Equal(0, focal.forward(right, labelled).item<double>(), 1e-12);
        Assert.True(dice.forward(-right, labelled).item<double>() > 0.5);
        Assert.True(focal.forward(-right, labelled).item<double>() > 5);
    }

    private static double Dice(Tensor logits, Tensor label, int ignored, bool weighed)
    {
        using Tensor scores = logits.detach().softmax(1);
        double sum = 0;
        for (int n = 0; n < N; n++)
        {
            for (int c = 0; c < Classes; c++)
            {
                if (c == ignored) continue;
                double overlap = 1, sizes = 1;
                foreach ((int y, int x) in Pixels())
                {
                    long truth = label[n, y, x].item<long>();
                    if (truth == ignored) continue;
                    double p = scores[n, c, y, x].item<double>(), t = truth == c ? 1 : 0;
                    overlap += 2 * p * t;
                    sizes += p * p + t * t;
                }

                sum += (weighed ? Weights[c] : 1) * (1 - overlap / sizes);
            }
        }

        return sum / (N * Classes);
    }

    private static double Focal(Tensor logits, Tensor label, bool weighed, bool labelledOnly)
    {
        double sum = 0;
        int labelled = 0;
        for (int n = 0; n < N; n++)
        {
            foreach ((int y, int x) in Pixels())
            {
                long truth = label[n, y, x].item<long>();
                if (truth == 255) continue;
                labelled++;
                for (int c = 0; c < Classes; c++)
                {
                    double s = 1 / (1 + Math.Exp(-logits[n, c, y, x].item<double>()));
                    double part = truth == c ? 0.5 * (1 - s) * (1 - s) * -Math.Log(s) : 0.5 * s * s * -Math.Log(1 - s);
                    sum += (weighed ? Weights[c] : 1) * part;
                }
            }
        }

        return sum / (Classes * (labelledOnly ? labelled : N * Height * Width));
    }

    private static IEnumerable<(int Y, int X)> Pixels() =>
        Enumerable.Range(0, Height).SelectMany(y => Enumerable.Range(0, Width).Select(x => (y, x)));

    private static (Tensor Logits, Tensor Label) Inputs(int ignored)
    {
        manual_seed(6);
        Tensor logits = 2 * randn(N, Classes, Height, Width, dtype: ScalarType.Float64);
        Tensor label = randint(0, Classes, [N, Height, Width], dtype: ScalarType.Int64);
        if (ignored >= Classes) label[0, 1] = ignored;
        return (logits.requires_grad_(), label);
    }
}
