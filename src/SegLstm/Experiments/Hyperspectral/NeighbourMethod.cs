namespace SegLstm.Experiments.Hyperspectral;

/// <summary>The k training pixels whose standardised spectra are nearest vote.</summary>
/// <param name="neighbours">k.</param>
public sealed class NeighbourMethod(int neighbours = 5) : IPixelMethod
{
    /// <inheritdoc/>
    public string Name => $"{neighbours} nearest neighbours";

    /// <inheritdoc/>
    public int[] Classify(PixelProblem problem, CancellationToken stop)
    {
        var (draw, bands) = (problem.Draw, problem.Cube.Bands);
        var tree = new NearestNeighbours(problem.SpectraOf(draw.Train), bands, problem.LabelsOf(draw.Train));
        return problem.ClassifyTest(spectrum => tree.Classify(spectrum, neighbours), stop);
    }
}
