namespace SegLstm.Training.Hyperspectral;

/// <summary>How a classifier of pixels is trained: Adam at a constant rate, cross entropy. Ours; the recipe of SpectralMamba's paper
/// is not known.</summary>
public sealed record PixelTrainingOptions
{
    /// <summary>Passes over the training pixels.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>Pixels of a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Rate of Adam.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Order of the pixels. What the model starts from is its maker's: <c>torch.manual_seed</c>.</summary>
    public long Seed { get; init; }

    /// <summary>All that is wrong, in words; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Epochs > 0 ? Array.Empty<string>() : [$"{nameof(Epochs)} must be positive, got {Epochs}."],
        .. BatchSize > 1 ? Array.Empty<string>() : [$"{nameof(BatchSize)} must be at least 2 (batch norm), got {BatchSize}."],
        .. LearningRate > 0 ? Array.Empty<string>() : [$"{nameof(LearningRate)} must be positive, got {LearningRate}."],
    ];
}
