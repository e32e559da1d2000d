namespace SegLstm.Data.Rasters;

/// <summary>How one sample of a band is stored. Complex samples are not read.</summary>
public enum SampleType
{
    /// <summary>8 bits, 0 to 255.</summary>
    UInt8,

    /// <summary>8 bits, -128 to 127.</summary>
    Int8,

    /// <summary>16 bits, 0 to 65,535. Read as int32, which libtorch has.</summary>
    UInt16,

    /// <summary>16 bits, signed.</summary>
    Int16,

    /// <summary>32 bits, unsigned. Read as int64, which libtorch has.</summary>
    UInt32,

    /// <summary>32 bits, signed.</summary>
    Int32,

    /// <summary>64 bits, signed.</summary>
    Int64,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Float64,
}
