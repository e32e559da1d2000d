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
        var (asked, found) = (problem.SpectraOf(draw.Test), new int[draw.Test.Length]);
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = stop },
            i => found[i] = machine.Classify(asked.AsSpan(i * bands, bands)));
        return found;
    }
}
