namespace SegLstm.Benchmarks;

/// <summary>What a computation cannot do without, from which follows how fast a machine can do it at best.</summary>
/// <param name="MultiplyAdds">By the convention of <see cref="Models.Complexity"/>: a product or sum alone counts as much as both
/// together, because it takes as long.</param>
/// <param name="Exps">Exponentials that are as many as the multiply-adds or nearly; 0 where they are few, and counted as one
/// multiply-add each.</param>
/// <param name="Bytes">Inputs read once and outputs written once.</param>
public sealed record Work(double MultiplyAdds, double Exps = 0, double Bytes = 0)
{
    /// <summary>Two a multiply-add, as hardware figures count.</summary>
    public double Flops => 2 * MultiplyAdds;

    /// <summary>The shortest time that the limits allow. Multiply-adds and exponentials are computed by the same units, one after
    /// the other; memory works beside them.</summary>
    /// <param name="limits">Of the machine.</param>
    /// <returns>Nanoseconds, and what takes them most: <c>FMA</c>, <c>exp</c> or <c>copy</c>.</returns>
    public (double Nanoseconds, string Limit) Bound(MachineLimits limits)
    {
        var (fma, exp) = (Flops / limits.GigaFlops, Exps * limits.NanosecondsPerExp);
        var copy = limits.CopyNanoseconds(Bytes);
        return copy > fma + exp ? (copy, "copy") : (fma + exp, exp > fma ? "exp" : "FMA");
    }

    /// <summary>Both, one after the other.</summary>
    public static Work operator +(Work a, Work b) => new(a.MultiplyAdds + b.MultiplyAdds, a.Exps + b.Exps, a.Bytes + b.Bytes);

    /// <summary>The same several times.</summary>
    public static Work operator *(double times, Work work) =>
        new(times * work.MultiplyAdds, times * work.Exps, times * work.Bytes);
}
