namespace SegLstm.Pretraining;

/// <summary>One step of the optimizer.</summary>
/// <param name="Iteration">0-based step.</param>
/// <param name="Iterations">Steps of the run.</param>
/// <param name="Epoch">0-based pass over the tiles.</param>
/// <param name="Loss">Loss of the batch.</param>
/// <param name="Parts">What the loss is made of, by name, before weighing.</param>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="GradientNorm">Norm of all gradients.</param>
/// <param name="Elapsed">Time since the run began.</param>
/// <param name="Remaining">Expected time until its end, from the time of recent steps.</param>
public sealed record PretrainingStep(
    int Iteration, int Iterations, int Epoch, double Loss, IReadOnlyList<(string Name, double Value)> Parts, double LearningRate,
    double GradientNorm, TimeSpan Elapsed, TimeSpan Remaining);
