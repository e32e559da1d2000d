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
        torch.manual_seed(new SeedStreams(problem.Draw.Number)[Start]);
        var model = entry.Create(problem.Cube.Bands, problem.Classes);
        var draw = problem.Draw;
        new PixelTrainer(options with { Seed = draw.Number }).Train(
            model, problem.Cube, problem.Scale, draw.Train, problem.LabelsOf(draw.Train), stop: stop);
        return new PixelPredictor(model, problem.Scale).Predict(problem.Cube, draw.Test, stop: stop);
    }
}
