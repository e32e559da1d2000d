using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Constants of an element type, which the compiler folds.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class Number<T>
    where T : unmanaged
{
    /// <summary>Added and taken away again, it rounds to an integer, whose bits stand lowest in between: 1.5 · 2^23 or
    /// 1.5 · 2^52.</summary>
    public static T Rounding
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? Of(12582912) : Of(6755399441055744);
    }

    /// <summary>The power of two that is infinite when its exponent is written into the bits of 1.</summary>
    public static T HighestPower
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? Of(128) : Of(1024);
    }

    /// <summary>A number, rounded to the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of(double value) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
}
