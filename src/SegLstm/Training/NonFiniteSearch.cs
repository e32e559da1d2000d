using System.Globalization;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Runs batches again that gave a loss or a gradient which is no finite number, and looks where it comes from.</summary>
/// <param name="model">The model with the weights that it had then; its gradients are lost.</param>
/// <param name="objective">What it is trained on.</param>
internal sealed class NonFiniteSearch(nn.Module<Tensor, Tensor> model, Objective objective)
{
    /// <summary>Runs the batches of an iteration.</summary>
    /// <param name="batches">Images, labels and seeds, as they were.</param>
    /// <param name="iteration">0-based iteration.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <returns>What is not finite, and where it comes from; null where everything is finite.</returns>
    public NonFiniteReport? Run(IReadOnlyList<SeededBatch> batches, int iteration, double rate)
    {
        model.zero_grad();
        double weights = 0;
        foreach (SeededBatch batch in batches)
        {
            using var watch = new ModuleWatch(model);
            (double loss, double weight) = objective.Backward(batch.Image, batch.Label, batch.Seed);
            if (!double.IsFinite(loss)) return OfLoss(loss, batch, watch, iteration, rate);
            weights += weight;
        }

        return OfGradient(weights, iteration, rate);
    }

    private NonFiniteReport OfLoss(double loss, SeededBatch batch, ModuleWatch watch, int iteration, double rate)
    {
        var report = new NonFiniteReport
        {
            Quantity = "loss", Value = loss, Iteration = iteration, LearningRate = rate, Layer = watch.Name,
            Cause = "Every layer gives finite numbers: it is the loss itself that does not stay finite.",
        };
        if (BadImage(batch.Image) is var (image, what))
        {
            return report with { Image = image, Layer = null, Cause = $"It comes with the data: {what}." };
        }

        if (watch.Name is null) return report;
        string where = watch.Before is null
            ? $"{watch.Name} ({watch.Module!.GetName()})"
            : $"{watch.Name}, in front of {watch.Before}";
        return report with
        {
            Cause = $"The images are finite; the first layer with an output that is not is {where}{BadParameters(watch.Name)}.",
        };
    }

    private NonFiniteReport? OfGradient(double weights, int iteration, double rate)
    {
        string[] names, bad;
        string largest;
        using (NewDisposeScope())
        {
            (string Name, Tensor Gradient)[] gradients =
            [
                .. model.named_parameters().Where(p => p.parameter.grad is not null).Select(p => (p.name, p.parameter.grad!)),
            ];
            names = [.. gradients.Select(g => g.Name)];
            bad = [.. gradients.Where(g => !IsFinite(g.Gradient)).Select(g => g.Name)];
            largest = gradients.MaxBy(g => Largest(g.Gradient)).Name;
        }

        // Last, as clipping by a norm that is no number leaves no gradient as it was.
        double norm = objective.Conclude(weights);
        if (double.IsFinite(norm)) return null;
        return new NonFiniteReport
        {
            Quantity = "gradient norm", Value = norm, Iteration = iteration, LearningRate = rate,
            Parameter = bad.LastOrDefault() ?? largest,
            Cause = bad.Length > 0
                ? $"The loss is finite; the gradient of {bad[^1]} is not, and of the {names.Length} parameters with a gradient "
                    + $"{bad.Length - 1} more in front of it."
                : $"Each gradient is finite, their norm is too large to be one; the largest is that of {largest}.",
        };
    }

    // Tells a broken model from a layer that overflows.
    private string BadParameters(string layer)
    {
        string[] bad = [.. model.named_parameters()
            .Where(p => p.name.StartsWith(layer + ".", StringComparison.Ordinal) && !IsFinite(p.parameter)).Select(p => p.name)];
        return bad.Length == 0 ? "" : $", whose parameters are not finite themselves: {string.Join(", ", bad.Take(5))}";
    }

    private static (int Image, string What)? BadImage(Tensor images)
    {
        using var scope = NewDisposeScope();
        Tensor bad = images.isfinite().logical_not();
        long count = bad.sum().item<long>();
        if (count == 0) return null;
        long[] first = bad.nonzero()[0].data<long>().ToArray();
        return ((int)first[0], string.Create(CultureInfo.InvariantCulture,
            $"image {first[0]} of the batch has a value that is not finite in band {first[1]} at row {first[2]}, column "
                + $"{first[3]}; {count} of the batch's {images.numel()} values are not"));
    }

    private static double Largest(Tensor tensor) => tensor.detach().abs().max().to(ScalarType.Float64).item<double>();

    private static bool IsFinite(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().isfinite().all().item<bool>();
    }
}
