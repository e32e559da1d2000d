using SegLstm.Data.Hyperspectral;

namespace SegLstm.Tests.Data.Hyperspectral;

/// <summary>What no model should see is found, said, and taken out.</summary>
public sealed class SceneAuditTests
{
    [Fact]
    public void A_clean_scene_comes_back_as_it_is()
    {
        var scene = HyperspectralSamples.Counted(6, 6, 4);
        var audit = SceneAudit.Of(scene);
        Assert.True(audit.IsClean);
        Assert.Same(scene, audit.Clean());
        Assert.Equal("no dead bands, no samples that are not finite", audit.Describe());
    }

    [Fact]
    public void Dead_bands_and_bad_pixels_go_and_all_else_stays()
    {
        var scene = HyperspectralSamples.Counted(5, 6, 5) with { DeclaredBadBands = [4], OfficialSplit = new PixelSplit([7, 8], [9,
            10]) };
        for (int pixel = 0; pixel < 30; pixel++) scene.Samples[pixel * 5 + 1] = 42;
        scene.Samples[7 * 5 + 2] = float.NaN;
        scene.Samples[9 * 5 + 3] = float.NegativeInfinity;
        for (int pixel = 0; pixel < 8; pixel++) scene.Samples[pixel * 5] = float.NaN;

        var audit = SceneAudit.Of(scene);
        Assert.Equal([0, 1, 4], audit.DroppedBands);
        Assert.Equal([7, 9], audit.BadPixels);
        Assert.Equal((8, 0), (audit.Bands[0].NotANumber, audit.Bands[0].Infinite));
        Assert.Equal((0, 1), (audit.Bands[3].NotANumber, audit.Bands[3].Infinite));
        Assert.True(audit.Bands[1].IsConstant);

        var clean = audit.Clean();
        clean.Validate();
        Assert.Equal([2, 3], clean.SourceBands);
        Assert.True(SceneAudit.Of(clean).IsClean);
        Assert.Equal((0, 0), (clean.Labels[7], clean.Labels[9]));
        Assert.Equal(scene.Labels[8], clean.Labels[8]);
        Assert.Equal([8], clean.OfficialSplit!.Train);
        Assert.Equal([10], clean.OfficialSplit.Test);
        // The mean of the others: 10,000 row + 100 column + 2 without pixel 7, in row 1 and column 1.
        Assert.Equal((float)((30 * (20_000 + 250 + 2.0) - 10_102) / 29), clean.Samples[7 * 2], 0.01f);
        Assert.Equal(scene.Samples[8 * 5 + 2], clean.Samples[8 * 2]);
        Assert.True(float.IsNaN(scene.Samples[7 * 5 + 2]), "The scene itself is not changed.");
        foreach (string part in new[] { "calls bad: 5", "constant bands: 2", "not finite: 1", "2 pixels" }) Assert.Contains(part,
            clean.Warnings[^1]);
    }

    [Fact]
    public void Spread_is_measured_of_large_values_too()
    {
        float[] samples = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { 1e7f + i % 2, i })];
        var audit = SceneAudit.Of(HyperspectralSamples.Of(samples, 10, 10, 2));
        Assert.Equal(0.5, audit.Bands[0].StandardDeviation, 6);
        Assert.Equal((49.5, 0, 99), (audit.Bands[1].Mean, audit.Bands[1].Least, audit.Bands[1].Greatest));
    }

    [Fact]
    public void A_scene_of_dead_bands_only_is_refused()
    {
        var scene = HyperspectralSamples.Of(new float[12], 2, 2, 3);
        Assert.Contains("nothing to learn", Assert.Throws<InvalidDataException>(() => SceneAudit.Of(scene).Clean()).Message);
    }
}
