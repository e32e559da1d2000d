using SegLstm.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// A model with its loss, optimizer and running average, which learns batch by batch. What a batch changes depends on the
/// learner's tensors and the batch's number only: all random numbers are drawn from seeds of that number.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The recipe.</param>
/// <param name="card">Says which label is ignored.</param>
/// <param name="batches">What it learns from.</param>
/// <param name="seeds">The streams "augment" and "dropout" are used.</param>
internal sealed class Learner(Segmenter model, TrainingOptions options, ModelCard card, Batches batches, SeedStreams seeds)
    : IDisposable
{
    private const double LeastWeight = 1e-12;

    private readonly Device _device = model.parameters().First().device;

    private readonly CrossEntropyLoss _loss = new(
        1, card.IgnoreIndex, options.AverageLabelledOnly, options.ClassWeights?.ToArray());

    /// <summary>The model.</summary>
    public Segmenter Model => model;

    /// <summary>The optimizer.</summary>
    public AdamW Optimizer { get; } = optim.AdamW(
        ParameterGroups.ByName(model.named_parameters(), options), options.LearningRate);

    /// <summary>The running average of the weights; null where none is kept.</summary>
    public WeightAverage? Average { get; } = options.EmaDecay is { } decay ? new WeightAverage(model, decay) : null;

    /// <summary>The base rate times the schedule's factor.</summary>
    public double Rate(int iteration) => options.LearningRate * options.Schedule.Factor(iteration);

    /// <summary>Adds the gradient of the next batch.</summary>
    /// <exception cref="NonFiniteLossException">The loss is infinite or NaN; no gradient is added.</exception>
    public void Add(TrainingProgress progress)
    {
        using var scope = NewDisposeScope();
        model.train();
        // Not zeros: a parameter without a gradient must be left alone whatever it had in the iteration before.
        if (progress.Batches == 0) model.zero_grad();

        // Dropout, and data sets that do not key their numbers, draw from libtorch's global generator.
        manual_seed(seeds["augment", progress.Iteration, progress.Batches]);
        (Tensor image, Tensor label) = batches[progress.NextBatch(options.Accumulate), _device];
        manual_seed(seeds["dropout", progress.Iteration, progress.Batches]);
        (Tensor logits, Tensor? auxiliary) = model.ForwardWithAuxiliary(image);
        Tensor total = _loss.call(logits, label);
        if (auxiliary is not null) total = total + options.AuxiliaryWeight * _loss.call(auxiliary, label);
        double value = total.item<float>();
        if (!double.IsFinite(value))
        {
            throw new NonFiniteLossException("loss", value, progress.Iteration, Rate(progress.Iteration));
        }

        // Each pixel counts alike in the mean over all batches of the iteration, whichever batch it is in.
        double weight = options.Accumulate == 1 ? 1 : _loss.Divisor(label) / label.numel();
        (weight == 1 ? total : total * weight).backward();
        progress.LossSum += weight * value;
        progress.WeightSum += weight;
        progress.Batches++;
    }

    /// <summary>Takes the step that ends an iteration.</summary>
    /// <returns>The iteration's loss, and the norm of its gradient before clipping.</returns>
    /// <exception cref="NonFiniteLossException">The gradient is infinite or NaN; the step is not taken.</exception>
    public (double Loss, double Norm) Step(TrainingProgress progress)
    {
        double weight = Math.Max(progress.WeightSum, LeastWeight), rate = Rate(progress.Iteration);
        if (weight != 1) ScaleGradients(1 / weight);
        double norm = nn.utils.clip_grad_norm_(model.parameters(), options.ClipNorm ?? double.PositiveInfinity);
        if (!double.IsFinite(norm)) throw new NonFiniteLossException("gradient norm", norm, progress.Iteration, rate);
        foreach (var group in Optimizer.ParamGroups) group.LearningRate = rate;
        Optimizer.step();
        Average?.Update();
        double loss = progress.LossSum / weight;
        progress.Finish(loss);
        return (loss, norm);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
        _loss.Dispose();
    }

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
