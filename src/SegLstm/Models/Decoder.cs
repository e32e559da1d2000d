namespace SegLstm.Models;

/// <summary>Decoders that go with every backbone (<see cref="Decoders"/>).</summary>
public enum Decoder
{
    /// <summary>UPerNet, on all maps.</summary>
    UPerNet,

    /// <summary>DeepLabV3, on the last map.</summary>
    DeepLabV3,

    /// <summary>DeepLabV3+, on the last and the first map.</summary>
    DeepLabV3Plus,

    /// <summary>APCNet, on the last map.</summary>
    ApcNet,

    /// <summary>Asymmetric non-local networks, on the last two maps.</summary>
    Ann,

    /// <summary>A fully convolutional head of two convolutions, on the last map.</summary>
    Fcn,

    /// <summary>DPT's fusion, on four maps; those of one stride are reassembled to strides 4, 8, 16 and 32 first.</summary>
    Dpt,

    /// <summary>The linear probe, on all maps.</summary>
    Linear,
}
