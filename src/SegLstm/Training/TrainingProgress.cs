namespace SegLstm.Training;

/// <summary>How far a run has come, and what it has measured.</summary>
internal sealed class TrainingProgress
{
    /// <summary>Iterations that are done.</summary>
    public int Iteration => Losses.Count;

    /// <summary>Batches of the running iteration whose gradients are summed.</summary>
    public int Batches { get; set; }

    /// <summary>Their losses times their weights.</summary>
    public double LossSum { get; set; }

    /// <summary>Their weights.</summary>
    public double WeightSum { get; set; }

    /// <summary>Total loss of each iteration that is done.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>All validations in order.</summary>
    public List<ValidationReport> Validations { get; } = [];

    /// <summary>Number of the next batch since the run began.</summary>
    /// <param name="accumulate">Batches of an iteration.</param>
    public long NextBatch(int accumulate) => (long)Iteration * accumulate + Batches;

    /// <summary>Ends the running iteration.</summary>
    public void Finish(double loss)
    {
        Losses.Add(loss);
        (Batches, LossSum, WeightSum) = (0, 0, 0);
    }
}
