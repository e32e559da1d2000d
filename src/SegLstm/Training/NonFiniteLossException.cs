using System.Globalization;

namespace SegLstm.Training;

/// <summary>The loss or its gradient stopped being a finite number; the optimizer has not taken the step, and the model is as it
/// was before the iteration.</summary>
public sealed class NonFiniteLossException : Exception
{
    /// <summary>Describes the step that failed.</summary>
    /// <param name="report">What is not finite, and where it comes from.</param>
    /// <param name="bundle">Folder that reproduces it; null where none was kept.</param>
    public NonFiniteLossException(NonFiniteReport report, string? bundle) : base(string.Create(
        CultureInfo.InvariantCulture,
        $"The {report.Quantity} is {report.Value} at iteration {report.Iteration} (learning rate {report.LearningRate:0.###e+0}); "
            + $"the optimizer has not taken this step. {report.Cause} {Advice(report)}")
            + (bundle is null ? ""
                : $" Weights, batch and seeds are in {bundle}: seglstm train --replay {bundle} shows it again."))
    {
        (Report, Bundle) = (report, bundle);
    }

    /// <summary>What is not finite, and where it comes from.</summary>
    public NonFiniteReport Report { get; }

    /// <summary>Folder that <see cref="NonFiniteBundle.Load"/> reads; null where the run had none.</summary>
    public string? Bundle { get; }

    /// <summary>The 0-based iteration that failed.</summary>
    public int Iteration => Report.Iteration;

    private static string Advice(NonFiniteReport report) => report.Image is null
        ? "Lower the learning rate, warm up longer, or clip gradients."
        : "Mark such pixels as unknown in the scene, or repair it.";
}
