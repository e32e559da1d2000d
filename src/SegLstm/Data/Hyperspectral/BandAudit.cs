namespace SegLstm.Data.Hyperspectral;

/// <summary>What is known of one band's samples.</summary>
/// <param name="Band">Its place in the scene, from 0.</param>
/// <param name="NotANumber">Samples that are NaN.</param>
/// <param name="Infinite">Samples that are infinite.</param>
/// <param name="Least">The least finite sample; NaN where there is none.</param>
/// <param name="Greatest">The greatest finite sample; NaN where there is none.</param>
/// <param name="Mean">The mean of the finite samples.</param>
/// <param name="StandardDeviation">Their population standard deviation.</param>
/// <param name="IsDeclaredBad">Whether the source calls the band bad.</param>
public sealed record BandAudit(
    int Band, int NotANumber, int Infinite, double Least, double Greatest, double Mean, double StandardDeviation, bool IsDeclaredBad)
{
    /// <summary>Whether all finite samples are the same, or there are none: nothing can be learnt from it.</summary>
    public bool IsConstant => !(Greatest > Least);
}
