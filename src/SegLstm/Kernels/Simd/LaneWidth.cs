using System.Runtime.Intrinsics;

namespace SegLstm.Kernels.Simd;

/// <summary>Bits of the vectors that a kernel is compiled for.</summary>
internal enum LaneWidth
{
    /// <summary>128.</summary>
    Bits128 = 128,

    /// <summary>256.</summary>
    Bits256 = 256,

    /// <summary>512.</summary>
    Bits512 = 512,
}

/// <summary>Which width to take.</summary>
internal static class LaneWidths
{
    /// <summary>Numbers of float32 in the widest vectors of all: so many are whole vectors of any width and type.</summary>
    public const int MostLanes = 16;

    /// <summary>What kernels take: the widest that this machine has, unless <see cref="VectorWidth"/> says otherwise.</summary>
    public static LaneWidth Widest => (LaneWidth)VectorWidth.Bits;

    /// <summary>The widest that this machine has.</summary>
    public static LaneWidth OfMachine =>
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : LaneWidth.Bits128;
}
