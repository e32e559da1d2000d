namespace SegLstm.Pretraining.Handover;

/// <summary>What fine-tuning takes over from pre-training. The numbers are those of <c>load_self_parameters</c> in GLCNet's
/// code.</summary>
public enum PretrainedParts
{
    /// <summary>The backbone.</summary>
    Backbone = 0,

    /// <summary>The backbone and DeepLab's atrous encoder: the authors' choice.</summary>
    Encoder = 1,

    /// <summary>The decoder too, without its last layer: for a network with
    /// <see cref="Models.DeepLab.DeepLabDecoderKind.KeptInFineTuning"/>.</summary>
    Decoder = 2,
}
