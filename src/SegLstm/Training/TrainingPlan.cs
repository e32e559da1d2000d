using SegLstm.Models;

namespace SegLstm.Training;

/// <summary>What a training run is about to do.</summary>
/// <param name="Device">Where tensors live, such as "cpu".</param>
/// <param name="Threads">Threads that an operator may use.</param>
/// <param name="Model">Parameters, and multiply-adds of one forward pass over one training image.</param>
/// <param name="Images">Images in the training set.</param>
/// <param name="BatchSize">Images in a batch.</param>
/// <param name="Iterations">Optimizer steps.</param>
/// <param name="Expected">How long it will take, by a rehearsal; null for short runs and those that go on, which have
/// none.</param>
/// <param name="MemoryBytes">Largest resident memory of the process in the rehearsal; null without one.</param>
public sealed record TrainingPlan(
    string Device, int Threads, Complexity Model, long Images, int BatchSize, int Iterations, TimeSpan? Expected = null,
    long? MemoryBytes = null);
