using SegLstm.Workbook.Exercises;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests.Exercises;

public sealed class ExerciseTests
{
    private static readonly Exercise<Func<double, Tensor?>> Powers = new(
        "Powers", "Multiply.", 1e-6,
        new("two", answer => answer(2), () => tensor(new[] { 2.0, 4, 8 })),
        new("three", answer => answer(3), () => tensor(new[] { 3.0, 9, 27 })));

    [Fact]
    public void The_same_bits_are_exact()
    {
        var result = Powers.Check(x => tensor(new[] { x, x * x, x * x * x }));

        Assert.Equal((ExerciseOutcome.Exact, 2, 2, 2), (result.Outcome, result.Inputs, result.ExactInputs, result.ApproximateInputs));
        Assert.Equal(0, result.LargestDifference);
        Assert.Equal(
            "Powers: right: exact, bit for bit\n  exact: 2 of 2 | approximate: 2 of 2 | largest difference: 0e+0", result.ToString());
    }

    [Fact]
    public void Differences_of_rounding_are_approximate()
    {
        var result = Powers.Check(x => tensor(new[] { x, x * x, (x * x * x) + (x == 3 ? 1e-6 : 0) }));

        Assert.True(result.Passed, result.ToString());
        Assert.Equal((ExerciseOutcome.Approximate, 1, 2), (result.Outcome, result.ExactInputs, result.ApproximateInputs));
        Assert.Equal(1e-6, result.LargestDifference, 1e-9);
    }

    // The same numbers in single precision are right, but not the same bits.
    [Fact]
    public void Another_precision_is_approximate() =>
        Assert.Equal(
            ExerciseOutcome.Approximate,
            Powers.Check(x => tensor(new[] { (float)x, (float)(x * x), (float)(x * x * x) })).Outcome);

    [Fact]
    public void A_wrong_number_is_named_with_its_input_and_its_place()
    {
        var result = Powers.Check(x => tensor(new[] { x, x * x, x == 3 ? 28 : 8 }));

        Assert.Equal((ExerciseOutcome.Different, 1, 1), (result.Outcome, result.ExactInputs, result.ApproximateInputs));
        Assert.Equal("with three: at [2] expected 27, got 28", result.Where);
        Assert.Equal(1, result.LargestDifference);
        Assert.EndsWith("Hint: Multiply.", result.ToString());
    }

    [Fact]
    public void A_wrong_shape_says_both_shapes()
    {
        var result = Powers.Check(x => tensor(new[] { x, x * x }));

        Assert.Equal(ExerciseOutcome.Different, result.Outcome);
        Assert.Equal("with two: expected shape (3), got (2)", result.Where);
        Assert.Contains("largest difference: none, the shapes differ", result.ToString());
    }

    // NaN in the place of a number must not pass for a small difference.
    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_infinitely_wrong(double value)
    {
        var result = Powers.Check(x => tensor(new[] { x, value, x * x * x }));

        Assert.Equal((ExerciseOutcome.Different, double.PositiveInfinity), (result.Outcome, result.LargestDifference));
    }

    [Fact]
    public void Null_NaN_and_not_implemented_are_no_answer_yet()
    {
        ExerciseResult[] results =
        [
            Powers.Check(_ => null),
            Powers.Check(_ => tensor(double.NaN)),
            Powers.Check(_ => throw new NotImplementedException()),
        ];

        Assert.All(results, result => Assert.Equal(ExerciseOutcome.NotYet, result.Outcome));
        Assert.Equal(
            "Powers: not yet: put your answer where it says TODO, then run the cell again\n  Hint: Multiply.", results[0].ToString());
    }

    // A notebook goes on after an exercise that fails.
    [Fact]
    public void An_error_in_the_answer_is_a_result()
    {
        var result = Powers.Check(x => tensor(new double[3]).view(7));

        Assert.Equal(ExerciseOutcome.Failed, result.Outcome);
        Assert.StartsWith("with two: ", result.Where);
        Assert.Contains("shape '[7]'", result.Where);
    }

    // Interrupting a cell must not look like a wrong answer.
    [Fact]
    public void A_stopped_answer_stops_the_check() =>
        Assert.Throws<OperationCanceledException>(() => Powers.Check(_ => throw new OperationCanceledException()));

    [Fact]
    public void The_box_escapes_what_an_answer_says_and_folds_the_hint_away()
    {
        string html = ExerciseBox.ToHtml(Powers.Check(_ => throw new InvalidOperationException("<b>&")));

        Assert.Contains("InvalidOperationException: &lt;b&gt;&amp;", html);
        Assert.Contains("<details><summary>Hint</summary>Multiply.</details>", html);
        Assert.DoesNotContain("<details>", ExerciseBox.ToHtml(Powers.Check(x => tensor(new[] { x, x * x, x * x * x }))));
    }

    [Fact]
    public void Checks_leave_no_tensors_behind()
    {
        using var scope = NewDisposeScope();
        Powers.Check(x => tensor(new[] { x, x * x, x * x * x }));

        Assert.Equal(0, scope.DisposablesCount);
    }
}
