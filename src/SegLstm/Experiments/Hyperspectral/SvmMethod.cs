using SegLstm.Experiments.Hyperspectral.Svm;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>Support vector machine with a Gaussian kernel on the standardised spectra, C and γ by cross-validation on the training
/// pixels.</summary>
public sealed class SvmMethod : IPixelMethod
{
    /// <inheritdoc/>
    public string Name => "SVM, RBF kernel";

    /// <inheritdoc/>
    public int[] Classify(PixelProblem problem, CancellationToken stop)
    {
        var (draw, bands) = (problem.Draw, problem.Cube.Bands);
        var (spectra, labels) = (problem.SpectraOf(draw.Train), problem.LabelsOf(draw.Train));
        var machine = SvmGrid.Fit(spectra, bands, labels, problem.Classes, draw.Number, stop);
        return problem.ClassifyTest(machine.Classify, stop);
    }
}
