using SegLstm.Language.Clip;
using SegLstm.Models.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Language.Clip;

public class ClipClassifierTests
{
    private static ClipModel Model() => new(
        new ClipTextConfig { Width = 64, Layers = 1, EmbedDim = 8 },
        new ClipVisionConfig { Width = 64, Layers = 1, PatchSize = 4, Resolution = 8 });

    [Fact]
    public void Tiles_of_any_size_get_a_probability_for_each_label()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var classifier = new ClipClassifier(model, Merges.Tokenizer);
        var tiles = rand(3, 3, 20, 31);
        var shares = classifier.Classify(tiles, ["a field", "a river", "a town"]);
        Assert.Equal([3, 3], shares.shape);
        Close.Within(shares.sum(1L), ones(3), 1e-5, "sums");
        var turned = classifier.Classify(tiles, ["a town", "a field", "a river"]);
        Close.Within(turned.select(1, 0), shares.select(1, 2), 1e-4, "the order of labels");
    }

    [Fact]
    public void One_template_is_the_label_in_its_place_and_several_are_averaged()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var classifier = new ClipClassifier(model, Merges.Tokenizer);
        var tiles = rand(2, 3, 8, 8);
        Close.Within(classifier.Classify(tiles, ["field", "river"], "a photo of a {}."),
            classifier.Classify(tiles, ["a photo of a field.", "a photo of a river."]), 1e-5, "template");
        var both = classifier.Classify(tiles, ["field", "river"], "{}", "a {}");
        Assert.True((both - classifier.Classify(tiles, ["field", "river"])).abs().max().item<float>() > 0);
        Assert.Contains("{}", Assert.Throws<ArgumentException>(() => classifier.Classify(tiles, ["field"], "a photo")).Message);
    }

    [Fact]
    public void Pictures_are_cut_to_a_square_in_their_middle_and_normalised()
    {
        using var scope = NewDisposeScope();
        using var model = Model();
        var classifier = new ClipClassifier(model, Merges.Tokenizer);
        var wide = zeros(1, 3, 8, 24);
        wide.narrow(3, 8, 8).fill_(1);
        var cut = classifier.Prepare(wide);
        Assert.Equal([1, 3, 8, 8], cut.shape);
        Close.Within(cut.amin([2, 3]).flatten(), tensor(new[] { (1 - 0.48145466f) / 0.26862954f, (1 - 0.4578275f) / 0.26130258f, (1 - 0.40821073f) / 0.27577711f }),
            1e-6, "white");
        Assert.Throws<ArgumentException>(() => classifier.Prepare(zeros(1, 4, 8, 8)));
    }
}
