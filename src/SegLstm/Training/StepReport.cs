namespace SegLstm.Training;

/// <summary>One optimizer step.</summary>
/// <param name="Iteration">0-based iteration.</param>
/// <param name="Iterations">Iterations of the run.</param>
/// <param name="Loss">Total loss of the batch, auxiliary part included.</param>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="GradientNorm">Norm of all gradients before clipping.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Remaining">Expected time until its end, from the time of recent steps.</param>
public sealed record StepReport(
    int Iteration, int Iterations, double Loss, double LearningRate, double GradientNorm, TimeSpan Elapsed, TimeSpan Remaining);
