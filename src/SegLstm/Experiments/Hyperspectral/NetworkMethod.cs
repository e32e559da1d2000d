using SegLstm.Models.Hyperspectral;
using SegLstm.Training;
using SegLstm.Training.Hyperspectral;
using TorchSharp;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>A network, trained from scratch.</summary>
/// <param name="entry">Which.</param>
/// <param name="options">How it is trained; the draw's number is the seed of start and order.</param>
public sealed class NetworkMethod(PixelClassifierEntry entry, PixelTrainingOptions options) : IPixelMethod
{
    private const string Start = "init";

    /// <inheritdoc/>
    public string Name => entry.Name;

    /// <inheritdoc/>
    public int[] Classify(PixelProblem problem, CancellationToken stop)
    {
        using var scope = torch.NewDisposeScope();
        PixelClassifier model = Train(problem, stop: stop);
        return new PixelPredictor(model, problem.Scale).Predict(problem.Cube, problem.Draw.Test, stop: stop);
    }

    /// <summary>Makes the network and trains it on the problem's training pixels.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="progress">Is told the number of each epoch that is done, from 1, and its mean loss.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The network in evaluation mode.</returns>
    /// <exception cref="InvalidOperationException">The loss is no number any more.</exception>
    public PixelClassifier Train(PixelProblem problem, Action<int, double>? progress = null, CancellationToken stop = default)
    {
        var draw = problem.Draw;
        torch.manual_seed(new SeedStreams(draw.Number)[Start]);
        var model = entry.Create(problem.Cube.Bands, problem.Classes);
        new PixelTrainer(options with { Seed = draw.Number }).Train(
            model, problem.Cube, problem.Scale, draw.Train, problem.LabelsOf(draw.Train), progress, stop);
        return model;
    }
}
