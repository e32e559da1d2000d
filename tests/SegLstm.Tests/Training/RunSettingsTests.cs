using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class RunSettingsTests
{
    private static readonly TrainingOptions Recipe = ResumableRun.Recipe;

    [Fact]
    public void A_setting_that_an_earlier_version_did_not_have_counts_as_its_default()
    {
        Dictionary<string, string> saved = Settings(Recipe);
        Assert.True(saved.Remove("Training.Precision"));
        Assert.True(saved.Remove("Training.Schedule.EpochIterations"));
        RunSettings.Require("a", saved, Settings(Recipe));
        TrainingOptions other = Recipe with { Schedule = Recipe.Schedule with { EpochIterations = 3 } };
        Assert.Contains("Training.Schedule.EpochIterations was null and is 3",
            Assert.Throws<ArgumentException>(() => RunSettings.Require("a", saved, Settings(other))).Message);
    }

    [Fact]
    public void A_setting_that_this_version_does_not_have_is_refused()
    {
        Dictionary<string, string> saved = Settings(Recipe);
        saved.Add("Training.Magic", "7");
        Assert.Contains("Training.Magic was 7 and is not set",
            Assert.Throws<ArgumentException>(() => RunSettings.Require("a", saved, Settings(Recipe))).Message);
    }

    [Fact]
    public void What_is_only_written_may_change()
    {
        RunSettings.Require("a", Settings(Recipe), Settings(Recipe with { SaveEvery = 1, LogEvery = 7, KeepCheckpoints = 9 }));
        Assert.ThrowsAny<ArgumentException>(() => RunSettings.Require("a", Settings(Recipe), Settings(Recipe with { Seed = 9 })));
    }

    private static Dictionary<string, string> Settings(TrainingOptions options) =>
        RunSettings.Of(ResumableRun.Card, options, images: 10).ToDictionary();
}
