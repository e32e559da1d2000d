namespace SegLstm.Experiments.Records;

/// <summary>A text or an override does not describe a record. The message holds all that is wrong, one fault a line.</summary>
public sealed class RecordException : Exception
{
    internal RecordException(params IReadOnlyList<string> problems)
        : base(problems.Count == 1 ? problems[0] : $"{problems.Count} problems:\n{string.Join("\n", problems)}") =>
        Problems = problems;

    /// <summary>Each fault in a sentence that begins with its place, such as "recipe.yaml:7".</summary>
    public IReadOnlyList<string> Problems { get; }
}
