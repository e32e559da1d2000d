namespace SegLstm.Kernels.Simd;

/// <summary>What 2^x of a fraction is computed from in float32, as numbers in memory: the compiler does not know them, loads them
/// where it is told to and leaves them in registers. Constants it loads again in every turn of a loop.</summary>
/// <param name="Shift">Added to x to find its fraction.</param>
/// <param name="Term0">Coefficient of x⁰.</param>
/// <param name="Term1">Of x.</param>
/// <param name="Term2">Of x².</param>
/// <param name="Term3">Of x³.</param>
/// <param name="Term4">Of x⁴.</param>
/// <param name="Term5">Of x⁵.</param>
internal readonly record struct PowerTerms<T>(T Shift, T Term0, T Term1, T Term2, T Term3, T Term4, T Term5)
    where T : unmanaged;
