using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

/// <summary>The operands of the recorded expressions, as Recorded/record.py makes them.</summary>
internal static class Operands
{
    /// <summary>(2, 3, 4), -2.875 to 2.875.</summary>
    internal static Tensor x => (arange(24f).reshape(2, 3, 4) - 11.5) / 4;

    /// <summary>Positive.</summary>
    internal static Tensor p => x.abs() + 0.25;

    /// <summary>Inside -1 to 1.</summary>
    internal static Tensor u => x / 3;

    /// <summary>Whole numbers, not sorted, some alike.</summary>
    internal static Tensor y => (arange(24f) * 7 % 11).reshape(2, 3, 4) - 4;

    /// <summary>With NaN, infinities and minus zero.</summary>
    internal static Tensor n => tensor(new[] { 1.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 2f });

    /// <summary>Integers of both signs.</summary>
    internal static Tensor i => (arange(24) * 5 % 13).reshape(2, 3, 4) - 4;

    /// <summary>Integers from 1 to 7.</summary>
    internal static Tensor j => (arange(24) * 3 % 7).reshape(2, 3, 4) + 1;

    /// <summary>Truth values.</summary>
    internal static Tensor b => i > 0;

    /// <summary>A vector.</summary>
    internal static Tensor v => arange(6f) - 2.5;

    /// <summary>Positions.</summary>
    internal static Tensor k => tensor(new long[] { 2, 0, 1, 1 });

    /// <summary>A symmetric positive-definite matrix in double precision.</summary>
    internal static Tensor m => tensor(new double[,] { { 4, 1, 2 }, { 1, 5, 3 }, { 2, 3, 6 } });

    /// <summary>(3, 4), double precision.</summary>
    internal static Tensor A => (arange(12, dtype: ScalarType.Float64).reshape(3, 4) - 5) / 3;

    /// <summary>(4, 2), double precision.</summary>
    internal static Tensor B => (arange(8, dtype: ScalarType.Float64).reshape(4, 2) - 2) / 5;
}
