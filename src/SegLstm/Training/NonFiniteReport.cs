namespace SegLstm.Training;

/// <summary>Where a loss or a gradient stopped being a finite number.</summary>
public sealed record NonFiniteReport
{
    /// <summary>"loss" or "gradient norm".</summary>
    public required string Quantity { get; init; }

    /// <summary>Its value: infinite or NaN.</summary>
    public required double Value { get; init; }

    /// <summary>0-based iteration.</summary>
    public required int Iteration { get; init; }

    /// <summary>Learning rate of that iteration.</summary>
    public required double LearningRate { get; init; }

    /// <summary>0-based place in its batch of the first image with a value that is not finite; null where all are
    /// finite.</summary>
    public int? Image { get; init; }

    /// <summary>Dotted name of the first layer, in the order of the forward pass, that turned finite inputs into an output that
    /// is not; null where none did.</summary>
    public string? Layer { get; init; }

    /// <summary>Dotted name of the parameter whose gradient is not finite: of several the last in the model, as gradients come
    /// from there; null where the loss is what is not finite.</summary>
    public string? Parameter { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Cause { get; init; }
}
