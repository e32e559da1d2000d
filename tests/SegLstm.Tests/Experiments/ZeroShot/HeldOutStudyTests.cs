using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Experiments.Tables;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Training;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.ZeroShot;

public sealed class HeldOutStudyTests : IDisposable
{
    private static readonly SceneRecipe Brief = HeldOutExperimentTests.Recipe with
    {
        Training = HeldOutExperimentTests.Recipe.Training with { Schedule = new LearningRateSchedule { Iterations = 4, WarmupIterations = 1 } },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_study_that_was_cut_off_goes_on_to_the_same_rows_and_a_later_class_joins_them()
    {
        using Scene scene = Scenes.Stripes(60, 70);
        IReadOnlyList<HeldOutRow> whole = HeldOutStudy.Run(scene, Brief, ["low", "second"], [0, 1]);
        using var cut = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => HeldOutStudy.Run(scene, Brief, ["low"], [0, 1], (done, _, next) =>
        {
            if (done == 2) cut.Cancel();
        }, cut.Token, Open(scene)));
        Assert.Equal(1 + scene.Legend.Count, Open(scene).Scores.Count);
        HeldOutStudy.Run(scene, Brief, ["low"], [0, 1], kept: Open(scene));
        IReadOnlyList<HeldOutRow> joined = HeldOutStudy.Run(scene, Brief, ["low", "second"], [0, 1], kept: Open(scene));
        Assert.Equal((2 * scene.Legend.Count) + 4, Open(scene).Scores.Count);
        Assert.Equal(["low", "second"], joined.Select(row => row.Class));
        foreach ((HeldOutRow expected, HeldOutRow got) in whole.Zip(joined))
        {
            Assert.Equal(expected.Found.BySeed, got.Found.BySeed);
            Assert.Equal(expected.Shown.BySeed, got.Shown.BySeed);
            Assert.Equal(expected.Seen.BySeed, got.Seen.BySeed);
        }

        Assert.Contains("never shown", TableText.Write(HeldOutStudy.Table(joined), TableFormat.Markdown));
        SceneRecipe other = Brief with { Overlap = 4 };
        Assert.Contains("recipe: expected", Assert.Throws<InvalidDataException>(
            () => ScoreFolder<HeldOutScore>.Open(folder.Path, HeldOutScore.Columns, HeldOutSettings.Of(scene, other))).Message);
    }

    private ScoreFolder<HeldOutScore> Open(Scene scene) =>
        ScoreFolder<HeldOutScore>.Open(folder.Path, HeldOutScore.Columns, HeldOutSettings.Of(scene, Brief));
}
