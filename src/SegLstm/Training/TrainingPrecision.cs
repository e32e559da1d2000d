namespace SegLstm.Training;

/// <summary>In what numbers a forward pass of training, and its gradient, is computed.</summary>
public enum TrainingPrecision
{
    /// <summary>All in float32.</summary>
    Float32,

    /// <summary>Convolutions and dense products in bfloat16, sums of them in float32; all else, weights, optimizer and losses in
    /// float32.</summary>
    Bfloat16,
}
