using SegLstm.Heads;
using SegLstm.Models;
using SegLstm.Models.LSeg;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Heads;

public class LanguageHeadTests
{
    private static readonly int[] Channels = [4, 6, 8, 10];

    private static Tensor[] Maps(long images = 2) =>
        [.. Channels.Select((channels, level) => randn(images, channels, 16 >> level, 24 >> level))];

    private static LanguageHead Head(LanguageBlock block = LanguageBlock.None, int depth = 1, int labels = 3) =>
        new(Channels, 7, labels, new LanguageHeadConfig { Features = 8, Block = block, BlockDepth = depth });

    [Theory]
    [InlineData(LanguageBlock.None)]
    [InlineData(LanguageBlock.Depthwise)]
    [InlineData(LanguageBlock.Bottleneck)]
    public void The_order_of_labels_does_not_matter(LanguageBlock block)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var head = Head(block, depth: 2);
        head.eval();
        var (maps, order) = (Maps(), tensor(new long[] { 2, 0, 1 }));
        var words = randn(3, 7);
        Close.Within(head.Score(maps, words.index_select(0, order)), head.Score(maps, words).index_select(1, order), 1e-5, "scores");
    }

    [Fact]
    public void The_length_of_a_words_vector_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var head = Head();
        head.eval();
        var (maps, words) = (Maps(), randn(3, 7));
        var scores = head.Score(maps, words);
        Close.Within(head.Score(maps, words * tensor(new[] { 5f, 0.1f, 1f }).view(3, 1)), scores, 1e-5, "scores");
        Assert.True(scores.abs().max().item<float>() <= 14.3, "cosines times 14.2857");
        Assert.Equal([2, 3, 64, 96], scores.shape);
    }

    [Fact]
    public void Each_image_can_have_words_of_its_own()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var head = Head();
        head.eval();
        var (maps, words) = (Maps(), randn(2, 4, 7));
        var both = head.Score(maps, words);
        for (var image = 0; image < 2; image++)
        {
            var alone = head.Score([.. maps.Select(map => map.narrow(0, image, 1))], words[image]);
            Close.Within(both.narrow(0, image, 1), alone, 1e-5, "scores");
        }
    }

    [Fact]
    public void The_same_ten_numbers_smooth_at_every_depth()
    {
        using var once = Head(LanguageBlock.Depthwise, 1);
        using var often = Head(LanguageBlock.Bottleneck, 4);
        static long Numbers(LanguageHead head) => head.named_parameters().Where(entry => entry.name.Contains("head_block")).Sum(entry => entry.parameter.numel());
        Assert.Equal((10, 10), (Numbers(once), Numbers(often)));
    }

    [Fact]
    public void Words_change_and_are_saved_with_the_model()
    {
        using var scope = NewDisposeScope();
        using var head = Head(labels: 3);
        var words = randn(5, 7);
        head.SetTexts(words);
        Assert.Equal(5, head.Classes);
        Close.Within(head.state_dict()["text_features"], words, 0, "words");
        using var other = Head(labels: 5);
        other.load_state_dict(head.state_dict());
        Close.Within(other.Texts, words, 0, "words");
        Assert.DoesNotContain(head.named_parameters(), entry => entry.name.Contains("text"));
    }

    [Fact]
    public void Words_that_no_pixel_can_be_like_are_refused()
    {
        using var scope = NewDisposeScope();
        using var head = Head();
        Assert.Contains("(K, 7)", Assert.Throws<ArgumentException>(() => head.SetTexts(randn(3, 8))).Message);
        Assert.Contains("zero", Assert.Throws<ArgumentException>(() => head.SetTexts(cat([zeros(1, 7), ones(2, 7)], 0))).Message);
        Assert.Throws<ArgumentException>(() => head.Score(Maps(), randn(3, 4, 7)));
    }

    [Theory]
    [InlineData("vil2_tiny")]
    [InlineData("seglstm_nano")]
    [InlineData("resnet_tiny_deeplabv3plus")]
    public void It_sits_on_backbones_of_the_catalog_and_trains_all_that_is_used(string name)
    {
        using var scope = NewDisposeScope();
        using var model = LSegModels.Create(name, 7, labels: 3, bands: 3, imageSize: 32, new LanguageHeadConfig { Features = 8, Block = LanguageBlock.Depthwise });
        var scores = model.forward(randn(2, 3, 32, 32));
        Assert.Equal([2, 3, 32, 32], scores.shape);
        scores.sum().backward();
        var idle = model.named_parameters().Where(entry => entry.parameter.grad is null).Select(entry => entry.name);
        Assert.All(idle, parameter => Assert.Contains("refinenet4.resConfUnit1", parameter));
        Assert.True(Complexity.Of(model, 32, 32).MultiplyAdds > 0);
    }
}
