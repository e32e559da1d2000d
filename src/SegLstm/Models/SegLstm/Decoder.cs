namespace SegLstm.Models.SegLstm;

/// <summary>The decoders that Seg-LSTM was published with.</summary>
public enum Decoder
{
    /// <summary>UPerNet, on all four maps.</summary>
    UPerNet,

    /// <summary>DeepLabV3, on the last map.</summary>
    DeepLabV3,

    /// <summary>DeepLabV3+, on the last and the first map.</summary>
    DeepLabV3Plus,

    /// <summary>APCNet, on the last map.</summary>
    ApcNet,

    /// <summary>Asymmetric non-local networks, on the last two maps.</summary>
    Ann,
}
