using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A copy of a model's buffers, such as the running statistics of batch norms, which a forward pass changes.</summary>
/// <param name="model">The model.</param>
internal sealed class ModelBuffers(nn.Module model) : IDisposable
{
    private readonly Tensor[] _live = [.. model.buffers()];
    private Tensor[] _kept = [];

    /// <summary>Copies them.</summary>
    public void Keep()
    {
        using var frozen = no_grad();
        if (_kept.Length == 0) _kept = [.. _live.Select(buffer => buffer.clone().DetachFromDisposeScope())];
        else foreach ((Tensor kept, Tensor live) in _kept.Zip(_live)) kept.copy_(live);
    }

    /// <summary>Puts the copies back; without any, nothing changes.</summary>
    public void Restore()
    {
        using var frozen = no_grad();
        foreach ((Tensor kept, Tensor live) in _kept.Zip(_live)) live.copy_(kept);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor kept in _kept) kept.Dispose();
    }
}
