namespace SegLstm.Experiments;

/// <summary>How a score is a line of a <see cref="ScoreFolder{TScore}"/>.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Write">A score to its fields: texts and numbers.</param>
/// <param name="Read">As many fields to a score; throws <see cref="FormatException"/> where one is no number.</param>
/// <typeparam name="TScore">A score.</typeparam>
public sealed record ScoreColumns<TScore>(
    IReadOnlyList<string> Names, Func<TScore, IReadOnlyList<object>> Write, Func<IReadOnlyList<string>, TScore> Read);
