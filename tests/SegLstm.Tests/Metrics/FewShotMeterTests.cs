using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Metrics;

public class FewShotMeterTests
{
    [Fact]
    public void Areas_of_an_episode_are_counted_for_background_and_foreground()
    {
        var areas = EpisodeAreas.Of([0, 1, 1, 0, 1], [0, 1, 0, 1, 0], [0, 0, 0, 0, 1]);
        Assert.Equal([1, 1], areas.Intersection);
        Assert.Equal([3, 3], areas.Union);
    }

    [Fact]
    public void Episodes_add_up_per_class_and_only_the_fold_is_scored()
    {
        var meter = new FewShotMeter(5, [1, 3]);
        var masks = tensor(new byte[] { 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1 }).view(3, 2, 2);
        var predictions = tensor(new byte[] { 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 }).view(3, 2, 2);
        meter.Add(predictions, masks, tensor(new long[] { 1, 3, 4 }));
        Assert.Equal((0.5 + 1) / 2, meter.MeanIoU, 15);
        Assert.Equal(((5 / 6.0) + (2 / 3.0)) / 2, meter.ForegroundBackgroundIoU, 15);
        Assert.Equal(4, meter.Union(1, 4));
    }

    [Fact]
    public void A_class_without_episodes_counts_as_0() =>
        Assert.Equal(0, new FewShotMeter(20, [5, 6]).MeanIoU);

    [Fact]
    public void Wrong_masks_folds_and_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FewShotMeter(20, [20]));
        Assert.Throws<ArgumentException>(() => EpisodeAreas.Of([0], [255], []));
        Assert.Throws<ArgumentException>(() => EpisodeAreas.Of([0], [1], [1]));
        Assert.Throws<ArgumentException>(() => new FewShotMeter(20, [1]).Add(zeros(1, 2, 2), zeros(1, 2, 3), zeros(1)));
        Assert.Throws<ArgumentException>(() => new FewShotMeter(20, [1]).Add(zeros(1, 2, 2), zeros(1, 2, 2), tensor(new long[] { 20 })));
    }
}
