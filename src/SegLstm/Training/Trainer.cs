using System.Diagnostics;
using SegLstm.Metrics;
using SegLstm.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Trains a <see cref="Segmenter"/> with AdamW on the cross entropy of its head and its auxiliary head.</summary>
/// <param name="model">The model; left in evaluation mode with the weights of the last iteration.</param>
/// <param name="options">The recipe.</param>
/// <param name="card">What a checkpoint says of the model, so that it can be used without anything else.</param>
/// <param name="run">Where the configuration, the metrics and the checkpoints go; null keeps nothing.</param>
/// <param name="observer">Is told of every step; null is told nothing.</param>
public sealed class Trainer(
    Segmenter model, TrainingOptions options, ModelCard card, RunFolder? run = null, ITrainingObserver? observer = null)
{
    private readonly SeedStreams _seeds = new(options.Seed);

    /// <summary>Runs all iterations.</summary>
    /// <param name="training">Yields "image" float32 `(C, h, w)` and "label" int64 `(h, w)`, all of one size.</param>
    /// <param name="validation">The same, of any size; null skips validation, and the last checkpoint is the best.</param>
    /// <param name="stop">Ends the run after the current iteration; the last checkpoint is still written.</param>
    /// <exception cref="ArgumentException">The options cannot be used; all faults are named.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient is infinite or NaN; the step is not taken.</exception>
    public TrainingResult Fit(
        utils.data.Dataset training, utils.data.Dataset? validation = null, CancellationToken stop = default)
    {
        string[] faults = [.. options.Validate()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));

        int iterations = options.Schedule.Iterations;
        Device device = model.parameters().First().device;
        var batches = new Batches(training, options.BatchSize, _seeds);
        run?.Describe(new { Model = card, Training = options });
        observer?.Started(Plan(batches, device));

        // Dropout draws from libtorch's global generator.
        manual_seed(_seeds["dropout"]);
        using var optimizer = optim.AdamW(ParameterGroups.ByName(model.named_parameters(), options), options.LearningRate);
        using var loss = new CrossEntropyLoss(1, card.IgnoreIndex, options.AverageLabelledOnly, options.ClassWeights?.ToArray());

        var clock = new StepClock(iterations);
        var history = new List<ValidationReport>();
        var losses = new List<double>();
        for (int iteration = 0; iteration < iterations && !stop.IsCancellationRequested; iteration++)
        {
            double rate = options.LearningRate * options.Schedule.Factor(iteration);
            foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
            (double value, double norm) = Step(batches, iteration, device, optimizer, loss, rate);
            var report = new StepReport(iteration, iterations, value, rate, norm, clock.Elapsed, clock.Step());
            losses.Add(value);
            observer?.Stepped(report);
            bool last = iteration == iterations - 1;
            if (last || iteration % options.LogEvery == 0) Log(report);
            if (validation is not null && (last || (iteration + 1) % options.ValidateEvery == 0))
            {
                history.Add(Validate(validation, iteration, history));
            }
        }

        model.eval();
        Save(run?.LastCheckpoint, history.LastOrDefault(v => v.Iteration == losses.Count - 1));
        if (history.Count == 0) Save(run?.BestCheckpoint, null);
        stop.ThrowIfCancellationRequested();
        return new TrainingResult(history, losses, clock.Elapsed, Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private (double Loss, double Norm) Step(
        Batches batches, int iteration, Device device, AdamW optimizer, CrossEntropyLoss loss, double rate)
    {
        using var scope = NewDisposeScope();
        model.train();
        (Tensor image, Tensor label) = batches[iteration, device];
        (Tensor logits, Tensor? auxiliary) = model.ForwardWithAuxiliary(image);
        Tensor total = loss.call(logits, label);
        if (auxiliary is not null) total = total + options.AuxiliaryWeight * loss.call(auxiliary, label);
        double value = total.item<float>();
        if (!double.IsFinite(value)) throw new NonFiniteLossException("loss", value, iteration, rate);

        optimizer.zero_grad();
        total.backward();
        double norm = nn.utils.clip_grad_norm_(model.parameters(), options.ClipNorm ?? double.PositiveInfinity);
        if (!double.IsFinite(norm)) throw new NonFiniteLossException("gradient norm", norm, iteration, rate);
        optimizer.step();
        return (value, norm);
    }

    private ValidationReport Validate(utils.data.Dataset validation, int iteration, List<ValidationReport> history)
    {
        ConfusionMatrix matrix = Evaluator.Evaluate(model, validation, card.Classes, card.IgnoreIndex);
        double best = history.Count == 0 ? double.NegativeInfinity : history.Max(v => v.Scores.MeanIoU);
        var report = new ValidationReport(iteration, matrix, matrix.Scores, matrix.Scores.MeanIoU > best || history.Count == 0);
        if (report.IsBest) Save(run?.BestCheckpoint, report);
        run?.Append(new { Kind = "validation", report.Iteration, MeanIou = report.Scores.MeanIoU, report.Scores.OverallAccuracy,
            Iou = report.Scores.PerClassIoU });
        observer?.Validated(report);
        return report;
    }

    private void Log(StepReport step) => run?.Append(new
    {
        Kind = "step", step.Iteration, step.Loss, step.LearningRate, step.GradientNorm, Seconds = step.Elapsed.TotalSeconds,
    });

    private void Save(string? path, ValidationReport? validation)
    {
        if (path is not null) ModelCheckpoint.Save(path, model, card with { ValidationMeanIoU = validation?.Scores.MeanIoU });
    }

    private TrainingPlan Plan(Batches batches, Device device) => new(
        device.ToString(), get_num_threads(), Complexity.Of(model, card.ImageSize, card.ImageSize), batches.Count,
            options.BatchSize, options.Schedule.Iterations);
}
