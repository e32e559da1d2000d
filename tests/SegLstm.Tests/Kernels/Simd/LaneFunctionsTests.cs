using System.Numerics;
using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Kernels.Simd;

public sealed class LaneFunctionsTests
{
    [Fact]
    public void Single_precision_functions_are_within_a_few_roundings_at_every_width()
    {
        Check<Lanes128<float>, Vector128<float>, float>(3e-7, 86);
        Check<Lanes256<float>, Vector256<float>, float>(3e-7, 86);
        Check<Lanes512<float>, Vector512<float>, float>(3e-7, 86);
    }

    [Fact]
    public void Double_precision_functions_are_within_a_few_roundings_at_every_width()
    {
        Check<Lanes128<double>, Vector128<double>, double>(1e-15, 700);
        Check<Lanes256<double>, Vector256<double>, double>(1e-15, 700);
        Check<Lanes512<double>, Vector512<double>, double>(1e-15, 700);
    }

    [Fact]
    public void Powers_of_two_end_in_about_0_and_infinity_and_NaN_stays()
    {
        Ends<Lanes128<float>, Vector128<float>, float>(float.MaxValue);
        Ends<Lanes256<float>, Vector256<float>, float>(float.MaxValue);
        Ends<Lanes512<float>, Vector512<float>, float>(float.MaxValue);
        Ends<Lanes128<double>, Vector128<double>, double>(double.MaxValue);
        Ends<Lanes256<double>, Vector256<double>, double>(double.MaxValue);
        Ends<Lanes512<double>, Vector512<double>, double>(double.MaxValue);
    }

    private static void Check<TLanes, TVector, T>(double tolerance, double lowest)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        for (var k = 0; k <= 4_000; k++)
        {
            // Dense around 0, where all three matter most, and out to where exponentials vanish.
            var spread = (k / 2_000.0) - 1;
            var x = double.CreateChecked(T.CreateChecked(spread * spread * spread * lowest));
            var power2 = Math.Pow(2, Math.Max(x, LaneFunctions<TLanes, TVector, T>.LeastPower));
            Near(Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Exp2, x), power2, $"2^{x:r}");
            var half = double.CreateChecked(T.CreateChecked(x / 2));
            Near(
                Of<TLanes, TVector, T>(
                    y => LaneFunctions<TLanes, TVector, T>.Exp2OfProduct(y, TLanes.Broadcast(T.CreateChecked(1.5))), half),
                Math.Pow(2, 1.5 * half), $"2^(1.5 * {half:r})", roundings: Math.Abs(half));
            Near(
                Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Softplus, x),
                x > 20 ? x : Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))), $"softplus({x:r})");
            var power = Math.Exp(-Math.Abs(x));
            var sigmoid = (x < 0 ? power : 1) / (1 + power);
            Near(Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Sigmoid, x), sigmoid, $"sigmoid({x:r})");
            var slope = x > 20 ? 1 : sigmoid;
            Near(Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.SoftplusSlope, x), slope, $"slope({x:r})", Math.Abs(x));
            var silu = x * sigmoid;
            var gate = Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Silu, x);
            Near(Math.Abs(gate), Math.Abs(silu), $"silu({x:r})", Math.Abs(x));
            var other = Of<TLanes, TVector, T>(y => LaneFunctions<TLanes, TVector, T>.Silu(y, out _), x);
            Assert.Equal(gate, other, 4 * tolerance * (1 + Math.Abs(x)));
            var derivative = Of<TLanes, TVector, T>(
                y =>
                {
                    LaneFunctions<TLanes, TVector, T>.Silu(y, out var result);
                    return result;
                },
                x);
            Assert.Equal(sigmoid + (silu * (1 - sigmoid)), derivative, 4 * tolerance);
        }

        // Tolerances are a few roundings.
        void Near(double got, double expected, string what, double roundings = 0) => Assert.True(
            Math.Abs(got - expected) <= tolerance * (1 + roundings) * expected, $"{what}: expected {expected:r}, got {got:r}");
    }

    /// <summary>ln(1 + x) without losing what 1 + x loses.</summary>
    private static double Log1P(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static void Ends<TLanes, TVector, T>(T largest)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double Power(T x) => Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Exp2, double.CreateChecked(x));
        Assert.Equal(1, Power(T.Zero));
        Assert.Equal(0, Power(T.NegativeInfinity), 1e-30);
        Assert.Equal(0, Power(-largest), 1e-30);
        Assert.Equal(double.PositiveInfinity, Power(largest));
        Assert.Equal(double.PositiveInfinity, Power(T.PositiveInfinity));
        Assert.True(double.IsNaN(Power(T.NaN)));
        double Softplus(T x) => Of<TLanes, TVector, T>(LaneFunctions<TLanes, TVector, T>.Softplus, double.CreateChecked(x));
        Assert.Equal(0, Softplus(T.NegativeInfinity), 1e-300);
        Assert.Equal(double.PositiveInfinity, Softplus(T.PositiveInfinity));
        Assert.True(double.IsNaN(Softplus(T.NaN)));
    }

    private static unsafe double Of<TLanes, TVector, T>(Func<TVector, TVector> function, double x)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, INumberBase<T>
    {
        var results = stackalloc T[TLanes.Count];
        TLanes.Store(function(TLanes.Broadcast(T.CreateChecked(x))), results);
        Assert.Equal(results[0], results[TLanes.Count - 1]);
        return double.CreateChecked(results[0]);
    }
}
