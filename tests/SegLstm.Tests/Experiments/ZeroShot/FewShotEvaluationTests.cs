using SegLstm.Experiments.ZeroShot;
using SegLstm.Data.FewShot;
using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Language.Glove;
using SegLstm.Metrics;
using SegLstm.Models.LSeg;
using SegLstm.Tests.Data.FewShot;
using SegLstm.Training;

namespace SegLstm.Tests.Experiments.ZeroShot;

public class FewShotEvaluationTests
{
    [Fact]
    public void Each_episode_is_answered_by_two_words_and_counted_for_its_class()
    {
        using var folder = new FewShotFolder();
        foreach (var (list, count) in new[] { ("trn", 520), ("val", 240), ("test", 240) })
        {
            // One class of real words, the others without pictures.
            folder.Text(string.Join('\n', Enumerable.Range(0, count).Select(n => n == 0 && list == "test" ? "bus" : $"{list}_{n}")), "lists", $"{list}.txt");
        }

        for (var image = 1; image <= 10; image++)
        {
            folder.Picture(3, (y, x) => (byte)(20 * x), "fss", "bus", $"{image}.jpg");
            folder.Picture(1, (y, x) => (byte)(x < 6 ? 255 : 0), "fss", "bus", $"{image}.png");
        }

        var encoder = GloveEncoder.Installed();
        using var segmenter = new LanguageSegmenter(
            LSegModels.Create("seglstm_nano", encoder.Width, 1, 3, 16, new LanguageHeadConfig { Features = 8 }),
            new ModelCard
            {
                Model = "seglstm_nano", ImageSize = 16, Bands = ["r", "g", "b"], Mean = [127, 127, 127], Std = [60, 60, 60],
                ClassNames = ["one"], Palette = ["#000000"], Dataset = "none", DisplayBands = [0, 1, 2],
            }, encoder);
        var benchmark = new OneClass(folder["fss"], folder["lists"]);
        var done = 0;
        FewShotMeter meter = new FewShotEvaluation(segmenter, benchmark) { Size = 32 }.Run(0, (n, _) => done = n);
        Assert.Equal(10, done);
        Assert.Equal(10 * 32 * 32, meter.Union(0, 760) + meter.Intersection(1, 760));
        Assert.InRange(meter.ForegroundBackgroundIoU, 0, 1);
    }

    /// <summary>FSS-1000 with the first of its test classes alone.</summary>
    private sealed class OneClass(string images, string lists) : FewShotBenchmark
    {
        private readonly Fss1000 _all = new(images, lists);

        public override int Classes => 1000;

        public override IReadOnlyList<string> ClassNames => _all.ClassNames;

        public override IReadOnlyList<int> TestClasses(int fold) => [760];

        public override IReadOnlyList<FewShotEpisode> Test(int fold) => [.. _all.Test(0).Where(episode => episode.ClassName == "bus")];

        public override IReadOnlyList<FewShotEpisode> Training(int fold) => [];

        protected override TorchSharp.torch.Tensor IsClass(TorchSharp.torch.Tensor labels, int classId) => labels.ge(128);
    }
}
