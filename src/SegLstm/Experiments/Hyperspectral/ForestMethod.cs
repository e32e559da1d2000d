using SegLstm.Experiments.Hyperspectral.Forest;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>A random forest on the standardised spectra.</summary>
/// <param name="trees">Trees.</param>
public sealed class ForestMethod(int trees = 200) : IPixelMethod
{
    /// <inheritdoc/>
    public string Name => "random forest";

    /// <inheritdoc/>
    public int[] Classify(PixelProblem problem, CancellationToken stop)
    {
        var (draw, bands) = (problem.Draw, problem.Cube.Bands);
        var forest = RandomForest.Grow(
            problem.SpectraOf(draw.Train), bands, problem.LabelsOf(draw.Train), problem.Classes, trees, draw.Number, stop);
        return problem.ClassifyTest(forest.Classify, stop);
    }
}
