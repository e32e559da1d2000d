using System.Reflection;
using SegLstm.Workbook.Exercises;

namespace SegLstm.Notebooks.Tests.Solutions;

[Collection(nameof(DefaultGenerator))]
public sealed class SolutionTests
{
    private static readonly (Type Exercises, Type Solutions, Type Mistakes)[] Sheets =
    [
        (typeof(StartExercises), typeof(StartSolutions), typeof(StartMistakes)),
        (typeof(VisionLstmExercises), typeof(VisionLstmSolutions), typeof(VisionLstmMistakes)),
        (typeof(TransformerExercises), typeof(TransformerSolutions), typeof(TransformerMistakes)),
        (typeof(MambaExercises), typeof(MambaSolutions), typeof(MambaMistakes)),
        (typeof(SegLstmExercises), typeof(SegLstmSolutions), typeof(SegLstmMistakes)),
        (typeof(PretrainingExercises), typeof(PretrainingSolutions), typeof(PretrainingMistakes)),
        (typeof(LanguageExercises), typeof(LanguageSolutions), typeof(LanguageMistakes)),
        (typeof(HyperspectralExercises), typeof(HyperspectralSolutions), typeof(HyperspectralMistakes)),
        (typeof(KernelExercises), typeof(KernelSolutions), typeof(KernelMistakes)),
        (typeof(ResultsExercises), typeof(ResultsSolutions), typeof(ResultsMistakes)),
    ];

    /// <summary>Notebook sheet and exercise, one row each.</summary>
    public static TheoryData<string, string> Exercises
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var sheet in Sheets)
            {
                foreach (var exercise in sheet.Exercises.GetProperties()) rows.Add(sheet.Exercises.Name, exercise.Name);
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Exercises))]
    public void The_solution_is_right(string sheet, string exercise)
    {
        var result = Check(sheet, exercise, s => s.Solutions);

        Assert.True(result.Passed, result.ToString());
        Assert.Equal(result.Inputs, result.ApproximateInputs);
        Assert.DoesNotContain("Hint", result.ToString());
    }

    [Theory, MemberData(nameof(Exercises))]
    public void A_usual_mistake_is_wrong_and_the_result_says_where(string sheet, string exercise)
    {
        var result = Check(sheet, exercise, s => s.Mistakes);

        Assert.Equal(ExerciseOutcome.Different, result.Outcome);
        Assert.True(result.LargestDifference > 0);
        Assert.Contains("expected", result.Where);
        Assert.Contains("Hint: ", result.ToString());
    }

    // An exercise that no notebook shows, or that two show, is one too many.
    [Theory, MemberData(nameof(Exercises))]
    public void One_cell_of_one_notebook_asks_for_it(string sheet, string exercise) => Assert.Single(
        NotebookFolder.Names.SelectMany(row => NotebookFolder.Open(row.Data).CSharp),
        cell => cell.Source.Contains($"{sheet}.{exercise}.Check(", StringComparison.Ordinal));

    private static ExerciseResult Check(
        string sheet, string exercise, Func<(Type Exercises, Type Solutions, Type Mistakes), Type> answers)
    {
        var types = Sheets.Single(s => s.Exercises.Name == sheet);
        object subject = types.Exercises.GetProperty(exercise)!.GetValue(null)!;
        var check = subject.GetType().GetMethod("Check")!;
        var method = answers(types).GetMethod(exercise, BindingFlags.NonPublic | BindingFlags.Static)!;
        return (ExerciseResult)check.Invoke(subject, [method.CreateDelegate(check.GetParameters()[0].ParameterType)])!;
    }
}
