using SegLstm.Models;
using SegLstm.Training.Distributed;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// A model with its loss, optimizer and running average, which learns batch by batch. What a batch changes depends on the
/// learner's tensors and the batch's number only: all random numbers are drawn from seeds of that number.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="options">The recipe.</param>
/// <param name="card">Says which label is ignored, and how many classes there are.</param>
/// <param name="batches">What it learns from.</param>
/// <param name="seeds">The streams "augment", "mixing" and "dropout" are used.</param>
/// <param name="run">Where a bundle goes that reproduces a loss which is no number; null keeps none.</param>
/// <param name="parallel">The processes that share each batch; null where this one has it whole.</param>
internal sealed class Learner(
    nn.Module<Tensor, Tensor> model, TrainingOptions options, ModelCard card, Batches batches, SeedStreams seeds, RunFolder? run = null,
    DataParallel? parallel = null) : IDisposable
{
    private const double LeastWeight = 1e-12;

    private readonly Device _device = model.parameters().First().device;
    private readonly Objective _objective = new(model, options, card.IgnoreIndex, parallel);
    private readonly ModelBuffers _buffers = new(model);

    /// <summary>The model.</summary>
    public nn.Module<Tensor, Tensor> Model => model;

    /// <summary>The optimizer.</summary>
    public NamedOptimizer Optimizer { get; } = new(model, options);

    /// <summary>The running average of the weights; null where none is kept.</summary>
    public WeightAverage? Average { get; } = options.EmaDecay is { } decay ? new WeightAverage(model, decay) : null;

    /// <summary>The base rate times the schedule's factor.</summary>
    public double Rate(int iteration) => options.LearningRate * options.Schedule.Factor(iteration);

    /// <summary>Adds the gradient of the next batch.</summary>
    /// <exception cref="NonFiniteLossException">The loss is infinite or NaN; the model is as it was before the
    /// iteration.</exception>
    public void Add(TrainingProgress progress)
    {
        using var scope = NewDisposeScope();
        // Not zeros: a parameter without a gradient must be left alone whatever it had in the iteration before.
        if (progress.Batches == 0)
        {
            model.zero_grad();
            _buffers.Keep();
        }

        SeededBatch batch = Batch(progress.Iteration, progress.Batches);
        bool isLast = progress.Batches == options.Accumulate - 1;
        (double loss, double weight) = _objective.Backward(batch.Image, batch.Label, batch.Seed, isLast);
        if (!double.IsFinite(loss))
        {
            throw Stop("loss", loss, progress.Iteration,
                () => [parallel is null ? batch : Batch(progress.Iteration, progress.Batches, isWhole: true)]);
        }

        progress.LossSum += weight * loss;
        progress.WeightSum += weight;
        progress.Batches++;
    }

    /// <summary>Takes the step that ends an iteration.</summary>
    /// <returns>The iteration's loss, and the norm of its gradient before clipping.</returns>
    /// <exception cref="NonFiniteLossException">The gradient is infinite or NaN; the step is not taken.</exception>
    public (double Loss, double Norm) Step(TrainingProgress progress)
    {
        double rate = Rate(progress.Iteration), norm = _objective.Conclude(progress.WeightSum);
        if (!double.IsFinite(norm))
        {
            using var scope = NewDisposeScope();
            throw Stop("gradient norm", norm, progress.Iteration,
                () => [.. Enumerable.Range(0, options.Accumulate).Select(index => Batch(progress.Iteration, index, isWhole: true))]);
        }

        Optimizer.Step(rate);
        Average?.Update();
        double loss = progress.LossSum / Math.Max(progress.WeightSum, LeastWeight);
        progress.Finish(loss);
        return (loss, norm);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Optimizer.Dispose();
        Average?.Dispose();
        _objective.Dispose();
        _buffers.Dispose();
    }

    private SeededBatch Batch(int iteration, int index, bool isWhole = false)
    {
        // Dropout, and data sets that do not key their numbers, draw from libtorch's global generator.
        bool isPart = parallel is not null && !isWhole;
        (int first, int count) = isPart ? parallel!.Ranks.Part(options.BatchSize) : (0, options.BatchSize);
        long batch = (long)iteration * options.Accumulate + index;
        if (options.Mixing is { } mixing)
        {
            // Pictures are mixed with those of other processes: each makes the batch of all, and takes its part.
            manual_seed(seeds["augment", iteration, index]);
            (Tensor images, Tensor labels) = batches.Rows(batch, 0, options.BatchSize, _device);
            (images, labels) = mixing.Apply(images, labels, card.Classes, seeds.Draw("mixing", iteration, index));
            return new SeededBatch(images.narrow(0, first, count), labels.narrow(0, first, count), seeds["dropout", iteration, index]);
        }

        int rank = isPart ? parallel!.Ranks.Rank : 0;
        manual_seed(seeds[rank == 0 ? "augment" : $"augment of rank {rank}", iteration, index]);
        (Tensor image, Tensor label) = batches.Rows(batch, first, count, _device);
        return new SeededBatch(image, label, seeds["dropout", iteration, index]);
    }

    // With several processes rank 0 looks for the cause, in the batch of all, as one process would.
    private NonFiniteLossException Stop(string quantity, double value, int iteration, Func<IReadOnlyList<SeededBatch>> seen)
    {
        if (parallel is null) return Search(quantity, value, iteration, seen());
        NonFiniteLossException? found = null;
        parallel.Alone(() => found = Search(quantity, value, iteration, seen()));
        return found ?? new NonFiniteLossException(
            new NonFiniteReport
            {
                Quantity = quantity, Value = value, Iteration = iteration, LearningRate = Rate(iteration),
                Cause = "Rank 0 says where it comes from.",
            },
            bundle: null);
    }

    private NonFiniteLossException Search(string quantity, double value, int iteration, IReadOnlyList<SeededBatch> seen)
    {
        _buffers.Restore();
        using var alone = new Objective(model, options, card.IgnoreIndex);
        NonFiniteReport report = new NonFiniteSearch(model, alone).Run(seen, iteration, Rate(iteration))
            ?? new NonFiniteReport
            {
                Quantity = quantity, Value = value, Iteration = iteration, LearningRate = Rate(iteration),
                Cause = "Run once more, the same batches gave finite numbers: something of the model is drawn from elsewhere than "
                    + "libtorch's generator, or the machine errs.",
            };
        _buffers.Restore();
        string? bundle = run is null ? null : NonFiniteBundle.Save(run.Path, model, card, options, report, seen);
        return new NonFiniteLossException(report, bundle);
    }
}
