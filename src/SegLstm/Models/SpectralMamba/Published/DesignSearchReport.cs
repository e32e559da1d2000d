namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>What a search over designs found.</summary>
/// <param name="Tried">Designs that were counted, or ruled out by the size of their blocks alone.</param>
/// <param name="Fits">Those with the published counts of the pixelwise model, the plainest first; of those that differ in
/// nothing that is counted, one.</param>
/// <param name="AblationFits">Those among them that also save by pieces what the ablation says.</param>
public sealed record DesignSearchReport(
    long Tried, IReadOnlyList<PublishedDesign> Fits, IReadOnlyList<PublishedDesign> AblationFits);
