using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>
/// Something for the reader to write, checked against the library's own answer on inputs that the reader does not see
/// beforehand. A check never throws: an answer that fails is a result, too.
/// </summary>
/// <typeparam name="TAnswer">The function that the reader writes.</typeparam>
public sealed class Exercise<TAnswer> where TAnswer : Delegate
{
    private readonly string _hint;
    private readonly double _tolerance;
    private readonly IReadOnlyList<ExerciseCase<TAnswer>> _cases;

    internal Exercise(string title, string hint, double tolerance, params ExerciseCase<TAnswer>[] cases) =>
        (Title, _hint, _tolerance, _cases) = (title, hint, tolerance, cases);

    /// <summary>What is to be written.</summary>
    public string Title { get; }

    /// <summary>Asks the answer for every input and compares what comes.</summary>
    /// <param name="answer">The reader's function; one that returns null or NaN, or throws
    /// <see cref="NotImplementedException"/>, counts as not yet written.</param>
    public ExerciseResult Check(TAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var scope = NewDisposeScope();
        var comparisons = new List<(string Case, Comparison Comparison)>();
        foreach (ExerciseCase<TAnswer> question in _cases)
        {
            try
            {
                Tensor? got = question.Ask(answer);
                if (got is null || IsNaN(got)) return Ended(ExerciseOutcome.NotYet, "");
                comparisons.Add((question.Name, Comparison.Of(got, question.Reference(), _tolerance)));
            }
            catch (NotImplementedException)
            {
                return Ended(ExerciseOutcome.NotYet, "");
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                return Ended(ExerciseOutcome.Failed, $"with {question.Name}: {error.GetType().Name}: {error.Message}");
            }
        }

        return Compared(comparisons);
    }

    // A single NaN is how a number says "no answer"; NaN among other numbers is a wrong one.
    private static bool IsNaN(Tensor answer) =>
        answer.numel() == 1 && answer.is_floating_point()
        && double.IsNaN(answer.detach().to_type(ScalarType.Float64).item<double>());

    private ExerciseResult Compared(List<(string Case, Comparison Comparison)> comparisons)
    {
        ExerciseOutcome outcome = comparisons.Min(c => c.Comparison.Outcome);
        // A wrong shape explains more than a wrong number.
        var worst = comparisons.MaxBy(c => double.IsNaN(c.Comparison.LargestDifference)
            ? double.PositiveInfinity
            : c.Comparison.LargestDifference);
        return Ended(outcome, worst.Comparison.Where.Length == 0 ? "" : $"with {worst.Case}: {worst.Comparison.Where}") with
        {
            ExactInputs = comparisons.Count(c => c.Comparison.Outcome == ExerciseOutcome.Exact),
            ApproximateInputs = comparisons.Count(c => c.Comparison.Outcome >= ExerciseOutcome.Approximate),
            LargestDifference = worst.Comparison.LargestDifference,
        };
    }

    private ExerciseResult Ended(ExerciseOutcome outcome, string where) => new()
    {
        Title = Title,
        Outcome = outcome,
        Inputs = _cases.Count,
        ExactInputs = 0,
        ApproximateInputs = 0,
        LargestDifference = double.NaN,
        Where = where,
        Hint = _hint,
    };
}
