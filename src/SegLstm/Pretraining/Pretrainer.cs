using System.Globalization;
using SegLstm.Models;
using SegLstm.Pretraining.Handover;
using SegLstm.Pretraining.Probes;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>Trains a <see cref="PretrainingMethod"/> on views of unlabelled tiles.</summary>
/// <remarks>
/// <para>The same seed gives the same weights to the last bit on the same machine with as many threads: what a step draws is
/// keyed by (seed, purpose, step). The run's folder has <c>best.safetensors</c>, of the epoch with the lowest mean loss, and
/// <c>last.safetensors</c>, both with the whole state dict of the method, written anew behind each epoch that changes them.
/// Behind each epoch there is a state from which a run that was cut off goes on to the same bits: <see cref="RunFolder.Resume"/>.</para>
/// <para>Source of the loop: GeoX-Lab/G-RSIM, <c>main_ss.py</c>, without its multiplication of the rate by the number of
/// processes; this is one process.</para>
/// <code>
/// using var run = new RunFolder("runs/glcnet");
/// new Pretrainer(method, options, run).Fit(views);
/// PretrainedWeights.Load(run.BestCheckpoint).Into(segmenter);
/// </code>
/// </remarks>
/// <param name="method">What is trained; left in evaluation mode with the weights of the last step.</param>
/// <param name="options">The recipe.</param>
/// <param name="run">Where configuration, metrics and checkpoints go; null keeps nothing.</param>
/// <param name="observer">Is told of every step and epoch; null is told nothing.</param>
/// <param name="probe">Measures the features of the method's encoder as it is; must leave the method alone. Null measures
/// nothing.</param>
public sealed class Pretrainer(
    PretrainingMethod method, PretrainingOptions options, RunFolder? run = null, IPretrainingObserver? observer = null,
    Func<FeatureReport>? probe = null)
{
    private readonly SeedStreams seeds = new(options.Seed);

    /// <summary>Runs all epochs, or those that are left where the run folder was opened to be resumed.</summary>
    /// <param name="views">
    /// Yields "first" and "second", float32 <c>(bands, S, S)</c>, two views of a tile, normalised; and for GLCNet's local regions
    /// "first_index" and "second_index", int64 <c>(S, S)</c>, the tile's pixel that each pixel shows. A
    /// <see cref="Data.EpochDataset"/> is told the epoch.
    /// </param>
    /// <param name="stop">Ends the run behind the current step; the last checkpoint is still written.</param>
    /// <exception cref="ArgumentException">The options cannot be used, or are not those of the run that is resumed; or there are fewer
    /// tiles than a batch has.</exception>
    /// <exception cref="InvalidDataException">An item lacks a tensor, or no state of the run that is resumed is whole.</exception>
    /// <exception cref="IOException">A file could not be written; those before it are whole.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient is infinite or NaN; the step is not taken.</exception>
    public PretrainingResult Fit(utils.data.Dataset views, CancellationToken stop = default)
    {
        Problems.ThrowIfAny(nameof(Pretrainer), [.. options.Validate()]);
        var batches = new ViewBatches(views, options.BatchSize, method.NeedsIndices, seeds);
        var iterations = checked(options.Epochs * batches.PerEpoch);
        Parameter[] trained = [.. method.parameters().Where(parameter => parameter.requires_grad)];
        using var optimizer = optim.Adam(
            trained, options.LearningRate, options.Beta1, options.Beta2, weight_decay: options.WeightDecay);
        using var buffers = new ModelBuffers(method);
        var (losses, epochs) = (new List<double>(), new List<PretrainingEpoch>());
        var state = new PretrainingState(method, optimizer, RunSettings.Of(method.GetName(), options, views.Count));
        if (run is not { Resumes: true } || !state.Restore(run, losses, epochs))
        {
            run?.Describe(new
            {
                Model = method.GetName(),
                Pretraining = options,
                Tiles = views.Count,
                Training = new { options.Seed, Schedule = new { Iterations = iterations } },
            });
        }

        var clock = new StepClock(iterations - losses.Count);
        while (epochs.Count < options.Epochs && !stop.IsCancellationRequested)
        {
            var begin = losses.Count;
            optimizer.ParamGroups.Single().LearningRate = options.Rate(epochs.Count);
            for (var batch = 0; batch < batches.PerEpoch && !stop.IsCancellationRequested; batch++)
            {
                var step = Step(batches, epochs.Count, batch, iterations, trained, optimizer, buffers);
                losses.Add(step.Loss);
                Report(step with { Elapsed = clock.Elapsed, Remaining = clock.Step() });
            }

            if (losses.Count - begin == batches.PerEpoch)
            {
                EndEpoch(epochs, losses.Skip(begin).Average(), losses.Count - 1);
                if (run is not null) state.Save(run, losses, epochs);
            }
        }

        method.eval();
        if (stop.IsCancellationRequested)
        {
            Save(run?.LastCheckpoint, epochs.Count, double.NaN);
            stop.ThrowIfCancellationRequested();
        }

        return new PretrainingResult(epochs, losses, clock.Elapsed);
    }

    private PretrainingStep Step(
        ViewBatches batches, int epoch, int index, int iterations, Parameter[] trained, optim.Optimizer optimizer,
        ModelBuffers buffers)
    {
        using var scope = NewDisposeScope();
        var (iteration, rate) = ((epoch * batches.PerEpoch) + index, options.Rate(epoch));
        // Dropout, and data sets that do not key their numbers, draw from libtorch's global generator.
        manual_seed(seeds["augment", iteration]);
        var batch = batches.Take(epoch, index, seeds["method", iteration], trained[0].device);
        manual_seed(seeds["dropout", iteration]);
        buffers.Keep();
        method.train();
        optimizer.zero_grad();
        var loss = method.call(batch);
        var value = Number(loss.Total);
        Require("loss", value, iteration, rate, batch, buffers);
        loss.Total.backward();
        var norm = nn.utils.clip_grad_norm_(trained, double.PositiveInfinity);
        Require("gradient norm", norm, iteration, rate, batch, buffers);
        optimizer.step();
        method.Stepped(iteration + 1, iterations);
        return new PretrainingStep(
            iteration, iterations, epoch, value, [.. loss.Parts.Select(part => (part.Name, Number(part.Value)))], rate, norm,
            default, default);
    }

    private static double Number(Tensor scalar) => scalar.to(ScalarType.Float64).item<double>();

    private static void Require(
        string quantity, double value, int iteration, double rate, ViewBatch batch, ModelBuffers buffers)
    {
        if (double.IsFinite(value))
        {
            return;
        }

        buffers.Restore();
        var odd = Enumerable.Range(0, (int)batch.First.shape[0]).Cast<int?>().FirstOrDefault(
            image => !IsFinite(batch.First[image!.Value]) || !IsFinite(batch.Second[image.Value]));
        throw new NonFiniteLossException(new NonFiniteReport
        {
            Quantity = quantity,
            Value = value,
            Iteration = iteration,
            LearningRate = rate,
            Image = odd,
            Cause = odd is { } image
                ? string.Create(CultureInfo.InvariantCulture, $"Views of image {image} of the batch have values that are not finite.")
                : "All views of the batch are finite.",
        }, bundle: null);
    }

    private static bool IsFinite(Tensor view) => view.isfinite().all().item<bool>();

    private void Report(PretrainingStep step)
    {
        observer?.Stepped(step);
        if (step.Iteration % options.LogEvery != 0 && step.Iteration != step.Iterations - 1)
        {
            return;
        }

        var line = new Dictionary<string, object>
        {
            ["kind"] = "step", ["iteration"] = step.Iteration, ["epoch"] = step.Epoch, ["loss"] = step.Loss,
            ["learning_rate"] = step.LearningRate, ["gradient_norm"] = step.GradientNorm,
            ["seconds"] = step.Elapsed.TotalSeconds,
        };
        foreach (var (name, value) in step.Parts)
        {
            line[$"loss_{name}"] = value;
        }

        run?.Append(line);
    }

    private void EndEpoch(List<PretrainingEpoch> epochs, double loss, int iteration)
    {
        var (done, best) = (epochs.Count + 1, epochs.All(earlier => loss < earlier.Loss));
        var features = done % options.ProbeEvery == 0 || done == options.Epochs ? probe?.Invoke() : null;
        var epoch = new PretrainingEpoch(epochs.Count, loss, best, features);
        epochs.Add(epoch);
        Save(epoch.IsBest ? run?.BestCheckpoint : null, epochs.Count, loss);
        Save(run?.LastCheckpoint, epochs.Count, loss);
        run?.Append(new { Kind = "epoch", Iteration = iteration, epoch.Epoch, epoch.Loss, epoch.IsBest });
        if (features is not null)
        {
            run?.Append(new
            {
                Kind = "features", Iteration = iteration, epoch.Epoch, features.Alignment, features.Uniformity, features.Rank,
                features.NeighbourAccuracy, features.Complaint,
            });
        }

        observer?.Passed(epoch);
    }

    private void Save(string? path, int epochs, double loss)
    {
        if (path is not null)
        {
            PretrainedWeights.Save(path, method, epochs, loss);
        }
    }
}
