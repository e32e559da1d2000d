using SegLstm.Experiments.Tables;

namespace SegLstm.Experiments.ZeroShot;

/// <summary>What became of one class over several seeds.</summary>
/// <param name="Class">Its name in the scene's legend.</param>
/// <param name="Share">Its share of the labelled held-out pixels.</param>
/// <param name="Chance">Its IoU by guessing (<see cref="HeldOutScore.Chance"/>).</param>
/// <param name="Found">Its IoU where it was never shown.</param>
/// <param name="Shown">Its IoU after the same training with all classes: the upper bound.</param>
/// <param name="Seen">Mean IoU of the other classes where it was never shown.</param>
public sealed record HeldOutRow(string Class, double Share, double Chance, SeedCell Found, SeedCell Shown, SeedCell Seen);
