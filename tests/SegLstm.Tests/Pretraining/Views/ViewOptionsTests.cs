using SegLstm.Experiments.Records;
using SegLstm.Pretraining.Views;

namespace SegLstm.Tests.Pretraining.Views;

public class ViewOptionsTests
{
    [Fact]
    public void The_defaults_can_be_used_and_all_faults_are_told_at_once()
    {
        Assert.Empty(new ViewOptions().Validate());
        var wrong = new ViewOptions
        {
            TileSize = 3, Size = 0, MinArea = 0.9, MaxArea = 0.8, MinAspect = 0, FlipProbability = 1.1, GrayProbability = double.NaN,
            HueShift = 200, ValueShift = -1, TilesPerEpoch = 0,
        };
        string[] faults = [.. wrong.Validate()];
        Assert.Equal(9, faults.Length);
        Assert.All(faults, fault => Assert.Contains("expected", fault));
    }

    [Fact]
    public void A_text_gives_single_options()
    {
        var read = RecordYaml.Read<ViewOptions>("{symmetric: true, tiles_per_epoch: 64, min_area: 0.2}", "views.yaml");
        Assert.Equal(new ViewOptions { Symmetric = true, TilesPerEpoch = 64, MinArea = 0.2 }, read);
        Assert.Contains("min_area: MinArea is 2",
            Assert.Throws<RecordException>(() => RecordYaml.Read<ViewOptions>("min_area: 2", "views.yaml")).Message);
    }
}
