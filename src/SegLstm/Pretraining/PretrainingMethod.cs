using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>A way to train an encoder without labels: views in, a loss out.</summary>
/// <remarks>Two losses of the same batch with the same weights and the same state of libtorch's default generator are the same:
/// all else that is drawn comes from <see cref="ViewBatch.Seed"/>.</remarks>
public abstract class PretrainingMethod : nn.Module<ViewBatch, PretrainingLoss>
{
    private static readonly string[] Parts = ["backbone.", "encoder."];

    /// <summary>Names the module.</summary>
    protected PretrainingMethod(string name) : base(name)
    {
    }

    /// <summary>Whether batches must have index maps.</summary>
    public virtual bool NeedsIndices => false;

    /// <summary>What stands in front of <c>backbone.</c> and <c>encoder.</c> in this method's state dict, for the encoder that is
    /// handed on; empty for most.</summary>
    public virtual string EncoderPrefix => "";

    /// <summary>Called behind each step of the optimizer.</summary>
    /// <param name="step">Steps taken, from 1.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public virtual void Stepped(int step, int steps)
    {
    }

    /// <summary>The encoder's parameters and buffers under the names that fine-tuning knows, <c>backbone.*</c> and
    /// <c>encoder.*</c>: the live tensors, not copies.</summary>
    public Dictionary<string, Tensor> EncoderState() => state_dict()
        .Where(entry => entry.Key.StartsWith(EncoderPrefix, StringComparison.Ordinal))
        .Select(entry => KeyValuePair.Create(entry.Key[EncoderPrefix.Length..], entry.Value))
        .Where(entry => Parts.Any(part => entry.Key.StartsWith(part, StringComparison.Ordinal)))
        .ToDictionary();
}
