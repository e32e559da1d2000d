using SegLstm.Data;
using SegLstm.Experiments.ZeroShot;
using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Language.Glove;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using SegLstm.Tests.Training;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments.ZeroShot;

public class MixedTrainingTests
{
    [Fact]
    public void Sets_with_labels_of_their_own_train_one_network()
    {
        using Scene scene = Scenes.Stripes(64, 64);
        SpatialBlocks blocks = new BlockSplit(16, 0, 0.2, 1).Blocks(64, 64);
        var options = new TileOptions { Size = 16, RandomCrops = 12, Seed = 3 };
        using var first = new TileDataset(scene, blocks, Split.Train, options, BandStatistics.Of(scene, blocks), null);
        using var second = new TileDataset(scene, blocks, Split.Train, options with { Seed = 4 }, BandStatistics.Of(scene, blocks), null);
        manual_seed(1);
        using var encoder = new LabelEmbeddings(GloveEncoder.Installed());
        using Segmenter model = LSegModels.Create("seglstm_nano", encoder.Width, 1, 2, 16, new LanguageHeadConfig { Features = 16 });
        var seen = new HashSet<int>();
        IReadOnlyList<double> losses = new MixedTraining(model, encoder, new TrainingOptions
        {
            Schedule = new LearningRateSchedule { Iterations = 40, WarmupIterations = 3 }, BatchSize = 4, LearningRate = 4e-3, ClipNorm = 1,
        }).Fit(
        [
            // The second set has a word more, and another one for what both have.
            new MixedSource(first, ["water", "forest", "road"]), new MixedSource(second, ["sea", "tree", "street", "building"], Weight: 2),
        ], (_, source, _) => seen.Add(source));
        Assert.Equal([0, 1], seen.Order());
        Assert.True(losses.TakeLast(6).Average() < 0.8 * losses.Take(6).Average(), string.Join(' ', losses));
        Assert.Equal(7, encoder.Encoded);
    }

    [Fact]
    public void What_cannot_be_mixed_is_refused_at_once()
    {
        using var encoder = GloveEncoder.Installed();
        using Segmenter model = LSegModels.Create("seglstm_nano", encoder.Width, 1, 2, 16, new LanguageHeadConfig { Features = 8 });
        var training = new MixedTraining(model, encoder, new TrainingOptions());
        Assert.Contains("no data set", Assert.Throws<ArgumentException>(() => training.Fit([])).Message);
        using Segmenter fixedClasses = Catalog.Create("seglstm_nano", 3, 2, 16);
        Assert.Contains("LanguageHead", Assert.Throws<ArgumentException>(() => new MixedTraining(fixedClasses, encoder, new TrainingOptions())).Message);
    }
}
