namespace SegLstm.Pretraining.Probes;

/// <summary>Where items lie on a plane, and how well.</summary>
/// <param name="X">One abscissa an item; without unit.</param>
/// <param name="Y">One ordinate an item; without unit.</param>
/// <param name="Divergences">
/// Kullback-Leibler divergence between the items' affinities in feature space and on the plane, in nats, with the iteration it
/// was measured after; the last is the finished map's.
/// </param>
public sealed record Projection(
    IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<(int Iteration, double Nats)> Divergences);
