namespace SegLstm.Workbook.Exercises;

/// <summary>How an answer compares with the library's.</summary>
public enum ExerciseOutcome
{
    /// <summary>Nothing was answered: null, NaN or a <see cref="NotImplementedException"/>.</summary>
    NotYet,

    /// <summary>The answer threw an exception.</summary>
    Failed,

    /// <summary>Another shape, or a difference above the tolerance.</summary>
    Different,

    /// <summary>Every difference is within the tolerance.</summary>
    Approximate,

    /// <summary>Every number has the same bits.</summary>
    Exact,
}
