namespace SegLstm.Models.DeepLab;

/// <summary>The three decoders in GLCNet's code: same layers, other names, so that a checkpoint of one stage of training says
/// what the next stage takes over. Source: GeoX-Lab/G-RSIM, <c>models/{GLCNet,v3p,v3p_encoder_ft}.py</c>.</summary>
public enum DeepLabDecoderKind
{
    /// <summary>Of pre-training: <c>decoder</c>, last layer <c>conv41</c>, no dropout.</summary>
    PreTraining,

    /// <summary>Of fine-tuning: <c>decoder_ft</c>, last layer <c>conv4</c>, dropout. It takes nothing over from
    /// pre-training.</summary>
    FineTuning,

    /// <summary>Of fine-tuning, taking over all but the last layer from pre-training: <c>decoder</c>, last layer <c>conv4</c>,
    /// dropout.</summary>
    KeptInFineTuning,
}
