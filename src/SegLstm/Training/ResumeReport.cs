namespace SegLstm.Training;

/// <summary>Where a run that was cut off goes on.</summary>
/// <param name="State">Path of the training state.</param>
/// <param name="Iteration">The iteration that is done next, from 0.</param>
/// <param name="Batches">Batches of that iteration whose gradients the state holds already.</param>
/// <param name="Broken">What is wrong with newer states, which were passed over; empty where the newest was whole.</param>
public sealed record ResumeReport(string State, int Iteration, int Batches, IReadOnlyList<string> Broken)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        string.Concat(Broken.Select(fault => $"passed over a broken training state: {fault}; "))
        + $"going on at iteration {Iteration}{(Batches > 0 ? $" after {Batches} of its batches" : "")} from {State}";
}
