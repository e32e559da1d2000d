using SegLstm.Kernels.Tokens;
using SegLstm.Models;
using SegLstm.Training.Distributed;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// What training lowers: the loss of a segmenter's head, and of its auxiliary head, or of an image classifier, on a batch.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The recipe.</param>
/// <param name="ignoreIndex">Label of pixels, or images, that take no part.</param>
/// <param name="parallel">The processes that share each batch; null where this one has it whole.</param>
internal sealed class Objective(
    nn.Module<Tensor, Tensor> model, TrainingOptions options, int ignoreIndex, DataParallel? parallel = null) : IDisposable
{
    private const double LeastWeight = 1e-12;

    private readonly ScoreLoss[] _losses = model is Segmenter
        ? [.. options.Losses.Select(term => term.Make(options, ignoreIndex))]
        : [new ImageCrossEntropyLoss(options.Losses[0].Weight, ignoreIndex)];

    /// <summary>Adds the gradient of a batch to the parameters, unless its loss is infinite or NaN.</summary>
    /// <param name="image"><c>(N, bands, h, w)</c>.</param>
    /// <param name="label"><c>(N, h, w)</c> int64; of image classifiers <c>(N)</c> int64, or shares <c>(N, classes)</c>.</param>
    /// <param name="seed">Of dropout and what else the model draws.</param>
    /// <param name="isLast">Whether the batch is the iteration's last, with which processes exchange gradients.</param>
    /// <returns>The loss, and what it weighs beside other batches in a mean over all; with several processes those of the batch
    /// of all of them.</returns>
    public (double Loss, double Weight) Backward(Tensor image, Tensor label, long seed, bool isLast = true)
    {
        using var scope = NewDisposeScope();
        using IDisposable? part = parallel?.Draw(options.BatchSize);
        model.train();
        // Each pixel counts alike in the mean over all batches of the iteration, whichever batch it is in.
        (double[]? shares, double weight) = Weigh(label);
        manual_seed(seed);
        (Tensor logits, Tensor? auxiliary) = Forward(image);
        Tensor total = Sum(logits, label, shares);
        if (auxiliary is not null) total = total + options.AuxiliaryWeight * Sum(auxiliary, label, shares);
        double[] value = [total.to(ScalarType.Float64).item<double>()];
        // All processes go on to the gradient, or none does.
        parallel?.Ranks.Sum(value);
        if (!double.IsFinite(value[0])) return (value[0], weight);
        Tensor weighed = weight == 1 ? total : total * weight;
        if (parallel is null) weighed.backward();
        else parallel.Backward(weighed, isLast);
        return (value[0], weight);
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
        foreach (ScoreLoss loss in _losses) loss.Dispose();
    }

    private (Tensor Logits, Tensor? Auxiliary) Forward(Tensor image)
    {
        if (options.Precision == TrainingPrecision.Float32) return Scores(image);
        using IDisposable mixed = MixedPrecision.Begin();
        (Tensor logits, Tensor? auxiliary) = Scores(image);
        return (logits.to(ScalarType.Float32), auxiliary?.to(ScalarType.Float32));
    }

    private (Tensor Logits, Tensor? Auxiliary) Scores(Tensor image) =>
        model is Segmenter segmenter ? segmenter.ForwardWithAuxiliary(image) : (model.call(image), null);

    // A loss is a sum over this process's part by what the part weighs. What it weighs in the batch of all turns it into its share
    // of their loss, whose sum over processes is that of one process.
    private (double[]? Shares, double Weight) Weigh(Tensor label)
    {
        if (parallel is null) return (null, options.Accumulate == 1 ? 1 : _losses[0].Divisor(label) / label.numel());
        double[] own = [label.numel(), .. _losses.Select(loss => loss.Divisor(label))], all = [.. own];
        parallel.Ranks.Sum(all);
        double[] shares = [.. own.Zip(all, (part, sum) => part / Math.Max(sum, LeastWeight)).Skip(1)];
        return (shares, options.Accumulate == 1 ? 1 : all[1] / all[0]);
    }

    private Tensor Sum(Tensor logits, Tensor label, double[]? shares) => _losses
        .Select((loss, index) => shares is null ? loss.call(logits, label) : loss.call(logits, label) * shares[index])
        .Aggregate((sum, next) => sum + next);

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
