namespace SegLstm.Training;

/// <summary>A finished training run.</summary>
/// <param name="Validations">All validations in order; empty where there was no validation set.</param>
/// <param name="Losses">Total loss of each iteration.</param>
/// <param name="Elapsed">Wall-clock time, validations included.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the process so far.</param>
/// <param name="Waited">The part of <paramref name="Elapsed"/> in which steps waited for their images.</param>
public sealed record TrainingResult(
    IReadOnlyList<ValidationReport> Validations, IReadOnlyList<double> Losses, TimeSpan Elapsed, long PeakMemoryBytes,
        TimeSpan Waited = default);
