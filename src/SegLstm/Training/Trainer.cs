using System.Diagnostics;
using SegLstm.Kernels;
using SegLstm.Metrics;
using SegLstm.Models;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Trains a <see cref="Segmenter"/> on the losses of its head and its auxiliary head, or a classifier of whole images
/// (<see cref="ModelCard.Task"/>) on its cross entropy.
/// </summary>
/// <remarks>
/// A run that was cut off and goes on (<see cref="RunFolder.Resume"/>) ends as if it had never stopped, to the last bit of
/// weights, losses and validations, on the same machine with as many threads, or with any number that <see cref="KernelThreads"/>
/// have for themselves: what an iteration does depends on the training state and on numbers keyed by (seed, purpose, iteration,
/// batch), not on what ran before.
/// </remarks>
/// <param name="model">
/// The model; left in evaluation mode with the weights of the last iteration, averaged ones where the options ask for them.
/// </param>
/// <param name="options">The recipe.</param>
/// <param name="card">What a checkpoint says of the model, so that it can be used without anything else.</param>
/// <param name="run">
/// Where the configuration, the metrics, the checkpoints and the training states go; null keeps nothing.
/// </param>
/// <param name="observer">Is told of every step; null is told nothing.</param>
/// <param name="ranks">
/// The processes that train it together, all of them with the same recipe, model and data; each computes its part of every batch
/// of <see cref="TrainingOptions.BatchSize"/>, and the result is that of one process but for rounding. Only rank 0 has a run and an
/// observer. Null trains in this process alone.
/// </param>
public sealed class Trainer(
    nn.Module<Tensor, Tensor> model, TrainingOptions options, ModelCard card, RunFolder? run = null, ITrainingObserver? observer = null,
    Ranks? ranks = null)
{
    private readonly SeedStreams _seeds = new(options.Seed);

    /// <summary>Runs all iterations, or those that are left where the run folder was opened to be resumed.</summary>
    /// <param name="training">
    /// Yields "image" float32 `(C, h, w)` and "label" int64 `(h, w)`, of image classifiers a scalar, all of one size. Random
    /// numbers that it draws must come from its seed, pass and index, or from libtorch's default generator.
    /// </param>
    /// <param name="validation">The same, of any size; null skips validation, and the last checkpoint is the best.</param>
    /// <param name="stop">Ends the run after the current batch; the last checkpoint and the state are still written.</param>
    /// <exception cref="ArgumentException">
    /// The options cannot be used, or are not those of the run that is resumed; all faults are named.
    /// </exception>
    /// <exception cref="InvalidDataException">No training state of the run that is resumed is whole.</exception>
    /// <exception cref="IOException">A file could not be written; those before it are whole.</exception>
    /// <exception cref="NonFiniteLossException">
    /// The loss or the gradient is infinite or NaN; the step is not taken, the message says where it comes from, and the run's
    /// folder has what reproduces it (<see cref="NonFiniteBundle"/>).
    /// </exception>
    /// <exception cref="LostRankException">Another process went away.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, in this process or another.</exception>
    public TrainingResult Fit(
        utils.data.Dataset training, utils.data.Dataset? validation = null, CancellationToken stop = default)
    {
        string[] faults = [.. options.Validate(), .. TaskFaults(), .. RankFaults()];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults));

        using IDisposable kernels = ModelKernels.Use(options.Kernel);
        int iterations = options.Schedule.Iterations;
        using var batches = new Batches(
            training, options.BatchSize, _seeds, options.Workers, options.Mixing is null ? ranks?.Part(options.BatchSize) : null);
        IReadOnlyDictionary<string, string> settings = RunSettings.Of(card, options, batches.Count);
        using DataParallel? parallel = ranks is null ? null : new DataParallel(model, ranks);
        parallel?.Align();
        using var learner = new Learner(model, options, card, batches, _seeds, run, parallel);
        var progress = new TrainingProgress();
        ResumeReport? resume = run is { Resumes: true } || parallel is not null ? Resume(learner, progress, settings, parallel) : null;
        if (resume is null) run?.Describe(new { Model = card, Training = options }, ranks?.Count ?? 1);
        // From here on the folder holds this run, which says how it ends.
        TrainingResult result;
        try
        {
            TimeSpan? expected = resume is null && iterations >= Rehearsal.LeastIterations && !IsStopped(stop)
                ? new Rehearsal(model, options, card, run, parallel).Run(batches, _seeds, validation) : null;
            observer?.Started(Plan(batches, expected));
            if (resume is not null && run is not null) Announce(resume);
            var clock = new StepClock(iterations - progress.Iteration);
            TimeSpan waited = batches.Waited;
            Iterate(learner, progress, clock, validation, settings, parallel, stop);
            if (progress.Iteration < iterations) Save(learner, progress, settings);
            Finish(learner, progress);
            if (progress.Iteration == iterations) run?.End(RunEnd.Finished);
            else run?.End(RunEnd.Stopped, $"cancelled before iteration {progress.Iteration}");
            result = new TrainingResult(
                progress.Validations, progress.Losses, clock.Elapsed, Process.GetCurrentProcess().PeakWorkingSet64,
                    batches.Waited - waited);
        }
        catch (Exception fault) when (ranks?.Lost(fault) is { } lost)
        {
            Fail(lost);
            throw run is null ? lost : new LostRankException($"{lost.Message} {Where(run)}", fault);
        }
        catch (Exception fault)
        {
            Fail(fault);
            throw;
        }

        if (progress.Iteration < iterations || stop.IsCancellationRequested) throw new OperationCanceledException(stop);
        return result;
    }

    private static string Where(RunFolder run) => run.HasState
        ? $"What was learnt until the last training state is in {run.Path}: resume the run from there."
        : $"The run in {run.Path} has saved no training state yet: begin it again.";

    private IEnumerable<string> TaskFaults()
    {
        bool segments = model is Segmenter;
        if (segments != (card.Task == ModelTask.Segmentation))
        {
            yield return $"The card's Task is {card.Task} and the model a {model.GetName()}: expected Segmentation for a Segmenter, "
                + "Classification for others.";
        }
        if (segments)
        {
            if (options.Mixing is not null) yield return "Mixing is for classifiers of whole images: expected null.";
            yield break;
        }

        if (options.Losses is not [{ Kind: LossKind.CrossEntropy }])
        {
            yield return $"Losses is {string.Join(", ", options.Losses.Select(term => term.Kind))}: expected CrossEntropy alone for a "
                + "classifier of whole images.";
        }
        if (options.ClassWeights is not null) yield return "ClassWeights are for segmentation: expected null.";
    }

    private IEnumerable<string> RankFaults()
    {
        if (ranks is null) yield break;
        if (options.BatchSize < ranks.Count)
        {
            yield return $"BatchSize is {options.BatchSize}: expected at least {ranks.Count}, one image for each process.";
        }
        if (!ranks.IsFirst && (run is not null || observer is not null))
        {
            yield return $"Rank {ranks.Rank} has a run or an observer: expected none, as rank 0 alone writes and tells.";
        }
    }

    // All processes stop together, and between iterations: within one, each has gradients of its own.
    private bool IsStopped(CancellationToken stop)
    {
        if (ranks is null) return stop.IsCancellationRequested;
        double[] stopped = [stop.IsCancellationRequested ? 1 : 0];
        ranks.Sum(stopped);
        return stopped[0] > 0;
    }

    private void Iterate(Learner learner, TrainingProgress progress, StepClock clock, utils.data.Dataset? validation,
        IReadOnlyDictionary<string, string> settings, DataParallel? parallel, CancellationToken stop)
    {
        int iterations = options.Schedule.Iterations;
        while (progress.Iteration < iterations && !((ranks is null || progress.Batches == 0) && IsStopped(stop)))
        {
            learner.Add(progress);
            if (progress.Batches < options.Accumulate) continue;
            Step(learner, progress, clock);
            bool last = progress.Iteration == iterations;
            if (validation is not null && (last || progress.Iteration % options.ValidateEvery == 0))
            {
                Validate(validation, learner, progress, parallel);
            }

            if (options.SaveEvery is { } period && (last || progress.Iteration % period == 0)) Save(learner, progress, settings);
        }
    }

    private void Fail(Exception fault)
    {
        try
        {
            run?.End(RunEnd.Failed, fault.Message.Split('\n')[0].TrimEnd());
        }
        catch (Exception unwritable) when (StateFiles.IsUnwritable(unwritable))
        {
            // The first error is the one to tell; without a mark the run counts as one that died.
        }
    }

    private ResumeReport? Resume(Learner learner, TrainingProgress progress, IReadOnlyDictionary<string, string> settings,
        DataParallel? parallel)
    {
        (TrainingStateFile File, IReadOnlyList<string> Broken)? newest = null;
        if (run is { Resumes: true })
        {
            run.States.RemoveUnfinished();
            newest = run.States.Newest();
            if (newest is null) run.Rewind(0);
        }

        if (parallel is not null) newest = Shared(newest, parallel);
        if (newest is not { } found) return null;
        using TrainingStateFile file = found.File;
        RunSettings.Require(file.Path, file.Header.Settings, settings);
        TrainingState.Restore(file, learner, progress, card);
        // Sums of an iteration that one process began are there once.
        if (ranks is { IsFirst: false }) model.zero_grad();
        return new ResumeReport(file.Path, progress.Iteration, progress.Batches, found.Broken);
    }

    private (TrainingStateFile File, IReadOnlyList<string> Broken)? Shared(
        (TrainingStateFile File, IReadOnlyList<string> Broken)? newest, DataParallel parallel)
    {
        string copy = Path.Combine(Path.GetTempPath(), $"seglstm-state-{Guid.NewGuid():N}.safetensors");
        try
        {
            if (!parallel.Share(newest?.File.Path, copy) || parallel.Ranks.IsFirst) return newest;
            return (TrainingStateFile.Read(copy), []);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private void Announce(ResumeReport resume)
    {
        run!.Rewind(resume.Iteration);
        run.Append(new
        {
            Kind = "resumed", resume.Iteration, resume.Batches, State = Path.GetFileName(resume.State), resume.Broken,
        });
        if (observer is null && resume.Broken.Count > 0) Console.Error.WriteLine(resume);
        observer?.Resumed(resume);
    }

    private void Step(Learner learner, TrainingProgress progress, StepClock clock)
    {
        int iteration = progress.Iteration, iterations = options.Schedule.Iterations;
        (double loss, double norm) = learner.Step(progress);
        var step = new StepReport(
            iteration, iterations, loss, learner.Rate(iteration), norm, clock.Elapsed, clock.Step());
        if (iteration % options.LogEvery == 0 || iteration == iterations - 1)
        {
            run?.Append(new
            {
                Kind = "step", step.Iteration, step.Loss, step.LearningRate, step.GradientNorm,
                Seconds = step.Elapsed.TotalSeconds,
            });
        }

        observer?.Stepped(step);
    }

    private void Validate(utils.data.Dataset validation, Learner learner, TrainingProgress progress, DataParallel? parallel)
    {
        learner.Average?.Swap();
        using var part = ranks is null ? null : new Shard(validation, ranks.Rank, ranks.Count);
        ConfusionMatrix matrix = Evaluator.Evaluate(model, part ?? validation, card.Classes, card.IgnoreIndex);
        if (parallel is not null) matrix = parallel.Sum(matrix, card.IgnoreIndex);
        var report = ValidationReport.Of(progress.Iteration - 1, matrix, progress.Validations, card.Task);
        progress.Validations.Add(report);
        if (report.IsBest) SaveModel(run?.BestCheckpoint, report);
        learner.Average?.Swap();
        run?.Append(new { Kind = "validation", report.Iteration, MeanIou = report.Scores.MeanIoU, report.Scores.OverallAccuracy,
            Iou = report.Scores.PerClassIoU });
        observer?.Validated(report);
    }

    private void Save(Learner learner, TrainingProgress progress, IReadOnlyDictionary<string, string> settings)
    {
        if (run is null) return;
        // What the state has seen must be in the metrics, even after a power cut.
        run.Flush();
        using var scope = NewDisposeScope();
        (Dictionary<string, Tensor> tensors, TrainingStateHeader header) = TrainingState.Of(learner, progress);
        run.States.Save(progress.NextBatch(options.Accumulate), options.KeepCheckpoints,
            path => TrainingStateFile.Write(path, header with { Settings = settings }, tensors));
    }

    private void Finish(Learner learner, TrainingProgress progress)
    {
        learner.Average?.Swap();
        model.eval();
        SaveModel(run?.LastCheckpoint, progress.Validations.LastOrDefault(v => v.Iteration == progress.Iteration - 1));
        if (progress.Validations.Count == 0) SaveModel(run?.BestCheckpoint, null);
    }

    private void SaveModel(string? path, ValidationReport? validation)
    {
        if (path is null) return;
        ModelCheckpoint.Save(path, model, card with
        {
            ValidationMeanIoU = validation?.Scores.MeanIoU,
            ValidationAccuracy = card.Task == ModelTask.Classification ? validation?.Scores.OverallAccuracy : null,
        });
    }

    private TrainingPlan Plan(Batches batches, TimeSpan? expected) => new(
        model.parameters().First().device.ToString(), get_num_threads(),
        Complexity.OfAny(model, card.ImageSize, card.ImageSize), batches.Count, options.BatchSize * options.Accumulate,
        options.Schedule.Iterations, expected, expected is null ? null : Process.GetCurrentProcess().PeakWorkingSet64);
}
