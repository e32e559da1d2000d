namespace SegLstm.Pretraining.Handover;

/// <summary>What became of pre-trained weights.</summary>
/// <param name="Loaded">Names of the model's tensors that were filled.</param>
/// <param name="Fresh">Names of the model's tensors that stay as they were.</param>
/// <param name="Dropped">Names of pre-trained tensors that the model does not take.</param>
public sealed record PretrainedFit(IReadOnlyList<string> Loaded, IReadOnlyList<string> Fresh, IReadOnlyList<string> Dropped)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Loaded.Count} tensors loaded, {Fresh.Count} fresh, {Dropped.Count} dropped";
}
