namespace SegLstm.Pretraining.Probes;

/// <summary>What an encoder's features are like at one moment of a pretraining.</summary>
/// <param name="Alignment">Of two views each of the same tiles (<see cref="Hypersphere.Alignment"/>): 0 to 4.</param>
/// <param name="Uniformity">Of one view of each (<see cref="Hypersphere.Uniformity"/>): lower is more uniform, 0 all alike.</param>
/// <param name="Rank">Directions that these use, their mean subtracted (<see cref="EffectiveRank"/>).</param>
/// <param name="NeighbourAccuracy">Overall accuracy of the vote of nearest labelled tiles, 0 to 1; null without labels.</param>
/// <param name="Complaint">How they have collapsed (<see cref="CollapseGuard"/>); null where they have not.</param>
public sealed record FeatureReport(
    double Alignment, double Uniformity, double Rank, double? NeighbourAccuracy, string? Complaint);
