using SegLstm.Data;
using SegLstm.Models;
using SegLstm.Pretraining;
using SegLstm.Pretraining.Views;
using SegLstm.Training;

namespace SegLstm.Experiments;

/// <summary>Trains a whole network on another, labelled scene, so that its encoder can be handed on.</summary>
/// <remarks>Steps, batches, crops and rate are those that a method without labels has; the rest is that of training.</remarks>
/// <param name="model">Name in <see cref="Catalog"/>.</param>
/// <param name="options">Epochs, batches, rate, seed.</param>
/// <param name="views">The size of the crops, and how many an epoch has.</param>
internal sealed class SupervisedStart(string model, PretrainingOptions options, ViewOptions views)
{
    /// <summary>Trains into a run's folder.</summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="run">Where the weights go.</param>
    /// <param name="observer">Is told of steps and passes; may be null.</param>
    /// <param name="stop">Ends the work after the current step.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Train(Scene scene, RunFolder run, IPretrainingObserver? observer, CancellationToken stop)
    {
        int crops = views.TilesPerEpoch ?? Math.Max(1, scene.Height / views.TileSize * (scene.Width / views.TileSize));
        int perEpoch = crops / options.BatchSize;
        if (perEpoch < 1)
        {
            throw new ArgumentException(
                $"'{scene.Name}' gives {crops} crops an epoch and a batch has {options.BatchSize}: expected at least a batch. "
                + "Set BatchSize to less, or TilesPerEpoch to more.");
        }

        int iterations = checked(perEpoch * options.Epochs);
        var recipe = new SceneRecipe
        {
            Model = model,
            WindowSize = views.Size,
            Overlap = 0,
            Training = new TrainingOptions
            {
                BatchSize = options.BatchSize,
                LearningRate = options.LearningRate,
                Seed = options.Seed,
                ValidateEvery = iterations,
                Schedule = new LearningRateSchedule { Iterations = iterations, WarmupIterations = Math.Min(perEpoch, iterations / 10) },
            },
        };
        // Blocks in which there is room for crops.
        BlockSplit split = recipe.Split with { BlockSize = Math.Max(recipe.Split.BlockSize, 2 * views.Size) };
        SceneExperiment experiment = new SceneExperiment(scene, recipe with { Split = split }).Balanced();
        using Segmenter network = experiment.CreateModel();
        experiment.Train(network, run, observer is null ? null : new Steps(observer, perEpoch), stop);
        stop.ThrowIfCancellationRequested();
    }

    // Steps of training, told as those of pretraining.
    private sealed class Steps(IPretrainingObserver observer, int perEpoch) : ITrainingObserver
    {
        private readonly List<double> _losses = [];
        private double _least = double.PositiveInfinity;

        public void Stepped(StepReport step)
        {
            int epoch = step.Iteration / perEpoch;
            observer.Stepped(new PretrainingStep(step.Iteration, step.Iterations, epoch, step.Loss, [("supervised", step.Loss)],
                step.LearningRate, step.GradientNorm, step.Elapsed, step.Remaining));
            _losses.Add(step.Loss);
            if (_losses.Count < perEpoch) return;
            double mean = _losses.Average();
            _losses.Clear();
            observer.Passed(new PretrainingEpoch(epoch, mean, mean < _least));
            _least = Math.Min(_least, mean);
        }
    }
}
