namespace SegLstm.Data.Arrays;

/// <summary>How one number of an array is stored.</summary>
public enum ElementType
{
    /// <summary>8 bits, -128 to 127.</summary>
    Int8,

    /// <summary>8 bits, 0 to 255; logical values too.</summary>
    UInt8,

    /// <summary>16 bits, signed.</summary>
    Int16,

    /// <summary>16 bits, unsigned.</summary>
    UInt16,

    /// <summary>32 bits, signed.</summary>
    Int32,

    /// <summary>32 bits, unsigned.</summary>
    UInt32,

    /// <summary>64 bits, signed. Above 2^53 rounded when read.</summary>
    Int64,

    /// <summary>64 bits, unsigned. Above 2^53 rounded when read.</summary>
    UInt64,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Float64,
}
