namespace SegLstm.Models.Hyperspectral;

/// <summary>A row of SpectralMamba's table for Botswana, as a digest of the paper gives it; the paper itself was not at hand
/// here.</summary>
/// <param name="OverallAccuracy">OA in percent.</param>
/// <param name="AverageAccuracy">AA in percent.</param>
/// <param name="Kappa">Kappa as a fraction.</param>
/// <param name="MegaMultiplyAdds">Multiply-adds of a batch of 64 pixels, in 10⁶.</param>
/// <param name="KiloParameters">Parameters in 10³.</param>
public sealed record PublishedRow(
    double OverallAccuracy, double AverageAccuracy, double Kappa, double MegaMultiplyAdds, double KiloParameters)
{
    /// <summary>Bands of Botswana.</summary>
    public const int Bands = 145;

    /// <summary>Classes of Botswana.</summary>
    public const int Classes = 14;
}
