using SegLstm.Kernels.Tokens;
using SegLstm.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>What training lowers: the loss of a model's head, and of its auxiliary head, on a batch.</summary>
/// <param name="model">The model.</param>
/// <param name="options">The recipe.</param>
/// <param name="ignoreIndex">Label of pixels that take no part.</param>
internal sealed class Objective(Segmenter model, TrainingOptions options, int ignoreIndex) : IDisposable
{
    private const double LeastWeight = 1e-12;

    private readonly SegmentationLoss[] _losses = [.. options.Losses.Select(term => term.Make(options, ignoreIndex))];

    /// <summary>Adds the gradient of a batch to the parameters, unless its loss is infinite or NaN.</summary>
    /// <param name="image"><c>(N, bands, h, w)</c>.</param>
    /// <param name="label"><c>(N, h, w)</c> int64.</param>
    /// <param name="seed">Of dropout and what else the model draws.</param>
    /// <returns>The loss, and what it weighs beside other batches in a mean over all.</returns>
    public (double Loss, double Weight) Backward(Tensor image, Tensor label, long seed)
    {
        using var scope = NewDisposeScope();
        model.train();
        manual_seed(seed);
        (Tensor logits, Tensor? auxiliary) = Forward(image);
        Tensor total = Sum(logits, label);
        if (auxiliary is not null) total = total + options.AuxiliaryWeight * Sum(auxiliary, label);
        double value = total.to(ScalarType.Float64).item<double>();

        // Each pixel counts alike in the mean over all batches of the iteration, whichever batch it is in.
        double weight = options.Accumulate == 1 ? 1 : _losses[0].Divisor(label) / label.numel();
        if (double.IsFinite(value)) (weight == 1 ? total : total * weight).backward();
        return (value, weight);
    }

    /// <summary>Turns the summed gradients of an iteration's batches into their mean, and clips it.</summary>
    /// <param name="weight">Sum of the batches' weights.</param>
    /// <returns>The norm before clipping.</returns>
    public double Conclude(double weight)
    {
        if (weight != 1) ScaleGradients(1 / Math.Max(weight, LeastWeight));
        return nn.utils.clip_grad_norm_(model.parameters(), options.ClipNorm ?? double.PositiveInfinity);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (SegmentationLoss loss in _losses) loss.Dispose();
    }

    private (Tensor Logits, Tensor? Auxiliary) Forward(Tensor image)
    {
        if (options.Precision == TrainingPrecision.Float32) return model.ForwardWithAuxiliary(image);
        using IDisposable mixed = MixedPrecision.Begin();
        (Tensor logits, Tensor? auxiliary) = model.ForwardWithAuxiliary(image);
        return (logits.to(ScalarType.Float32), auxiliary?.to(ScalarType.Float32));
    }

    private Tensor Sum(Tensor logits, Tensor label) =>
        _losses.Select(loss => loss.call(logits, label)).Aggregate((sum, next) => sum + next);

    private void ScaleGradients(double factor)
    {
        using var frozen = no_grad();
        foreach (Parameter parameter in model.parameters())
        {
            using Tensor? gradient = parameter.grad;
            gradient?.mul_(factor);
        }
    }
}
