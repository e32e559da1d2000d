using SegLstm.Language;
using SegLstm.Language.Clip;
using SegLstm.Models.Clip;
using SegLstm.Tests.Language.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Language;

public class LabelEmbeddingsTests
{
    private static ClipTextEncoder Encoder() => new(
        new ClipModel(new ClipTextConfig { Width = 64, Layers = 1, EmbedDim = 16 }), Merges.Tokenizer, "CLIP", "1");

    [Fact]
    public void A_label_is_encoded_once_whichever_list_it_stands_in()
    {
        using var scope = NewDisposeScope();
        using var known = new LabelEmbeddings(Encoder());
        var first = known.Encode(["water", "tree", "other"]);
        var second = known.Encode(["other", "dog", "tree"]);
        Assert.Equal(4, known.Encoded);
        Close.Within(second[0], first[2], 0, "other");
        Close.Within(second[2], first[1], 0, "tree");
    }

    [Fact]
    public void What_is_remembered_is_what_is_encoded()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder();
        using var known = new LabelEmbeddings(encoder);
        string[] labels = ["a river", "an old bridge over it"];
        known.Encode(["something else", "a river"]);
        Close.Within(known.Encode(labels), encoder.Encode(labels), 1e-5, "labels");
        Assert.Equal((encoder.Width, encoder.Identity), (known.Width, known.Identity));
    }

    [Fact]
    public void A_label_that_cannot_be_encoded_leaves_nothing_behind()
    {
        using var known = new LabelEmbeddings(Encoder());
        Assert.Throws<ArgumentException>(() => known.Encode(["tree", string.Join(' ', Enumerable.Repeat("word", 90))]));
        Assert.Equal(0, known.Encoded);
    }

    [Fact]
    public void A_model_with_another_vocabulary_than_the_tokenizers_is_refused()
    {
        using var model = new ClipModel(ClipModelConfig);
        Assert.Contains("49408", Assert.Throws<ArgumentException>(() => new ClipTextEncoder(model, Merges.Tokenizer, "CLIP", "1")).Message);
    }

    private static ClipTextConfig ClipModelConfig => new() { Width = 64, Layers = 1, Vocabulary = 50, EmbedDim = 16 };
}
