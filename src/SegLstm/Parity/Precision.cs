using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity;

/// <summary>The floating-point type that a case is computed in.</summary>
public enum Precision
{
    /// <summary>float32; files under the key <c>f32</c>.</summary>
    Float32,

    /// <summary>float64; files under the key <c>f64</c>.</summary>
    Float64,
}

/// <summary>What each precision is called elsewhere.</summary>
internal static class Precisions
{
    extension(Precision precision)
    {
        /// <summary>The key in a side file's <c>files</c>.</summary>
        public string Key => precision == Precision.Float32 ? "f32" : "f64";

        public ScalarType Type => precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.Float64;
    }
}
