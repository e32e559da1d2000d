namespace SegLstm.Checkpoints;

/// <summary>Element types of the safetensors format. Those without a counterpart in libtorch 1.13 can be listed, not loaded.</summary>
public enum SafeTensorsDType
{
    /// <summary>BOOL: one byte, 0 or 1.</summary>
    Bool,

    /// <summary>U8.</summary>
    UInt8,

    /// <summary>I8.</summary>
    Int8,

    /// <summary>F8_E5M2; no libtorch 1.13 type.</summary>
    Float8E5M2,

    /// <summary>F8_E4M3; no libtorch 1.13 type.</summary>
    Float8E4M3,

    /// <summary>F8_E8M0; no libtorch 1.13 type.</summary>
    Float8E8M0,

    /// <summary>I16.</summary>
    Int16,

    /// <summary>U16; no libtorch 1.13 type.</summary>
    UInt16,

    /// <summary>F16, IEEE half precision.</summary>
    Float16,

    /// <summary>BF16, the upper half of a float32.</summary>
    BFloat16,

    /// <summary>I32.</summary>
    Int32,

    /// <summary>U32; no libtorch 1.13 type.</summary>
    UInt32,

    /// <summary>F32.</summary>
    Float32,

    /// <summary>F64.</summary>
    Float64,

    /// <summary>I64.</summary>
    Int64,

    /// <summary>U64; no libtorch 1.13 type.</summary>
    UInt64,
}
