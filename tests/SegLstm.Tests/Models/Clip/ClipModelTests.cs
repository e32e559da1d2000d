using SegLstm.Models.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Clip;

public class ClipModelTests
{
    internal static readonly ClipTextConfig Text = new() { Width = 64, Layers = 2, ContextLength = 9, Vocabulary = 50, EmbedDim = 12 };
    internal static readonly ClipVisionConfig Vision = new() { Width = 64, Layers = 1, PatchSize = 4, Resolution = 8 };

    [Fact]
    public void What_stands_behind_the_end_of_a_text_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = new ClipModel(Text);
        model.eval();
        var ids = tensor(new long[,] { { 1, 5, 49, 0, 0, 0, 0, 0, 0 }, { 1, 7, 8, 9, 49, 0, 0, 0, 0 } });
        var other = tensor(new long[,] { { 1, 5, 49, 3, 4, 0, 2, 0, 0 }, { 1, 7, 8, 9, 49, 11, 0, 0, 12 } });
        Close.Within(model.EncodeText(other), model.EncodeText(ids), 1e-6, "texts");
        // Nor which other texts stand beside it.
        Close.Within(model.EncodeText(ids[0].unsqueeze(0)), model.EncodeText(ids).narrow(0, 0, 1), 1e-5, "alone");
    }

    [Fact]
    public void A_later_token_does_not_reach_an_earlier_one()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = new ClipModel(Text);
        model.eval();
        var ids = randint(0, 49, [2, 9]);
        var changed = ids.clone();
        changed.narrow(1, 6, 3).fill_(49);
        Close.Within(model.Hidden(changed).narrow(1, 0, 6), model.Hidden(ids).narrow(1, 0, 6), 1e-6, "past");
    }

    [Fact]
    public void Every_parameter_gets_a_gradient_from_both_sides_together()
    {
        using var scope = NewDisposeScope();
        using var model = new ClipModel(Text, Vision);
        var ids = tensor(new long[,] { { 1, 5, 49, 0, 0, 0, 0, 0, 0 }, { 1, 7, 8, 9, 3, 2, 6, 4, 49 } });
        (model.forward(randn(2, 3, 8, 8), ids) * randn(2, 2)).sum().backward();
        Assert.All(model.named_parameters(), entry => Assert.NotNull(entry.parameter.grad));
    }

    [Fact]
    public void Without_image_side_images_are_refused()
    {
        using var model = new ClipModel(Text);
        using var image = zeros(1, 3, 8, 8);
        Assert.Contains("no image side", Assert.Throws<InvalidOperationException>(() => model.EncodeImage(image)).Message);
        using var whole = new ClipModel(Text, Vision);
        using var large = zeros(1, 3, 16, 16);
        Assert.Contains("(N, 3, 8, 8)", Assert.Throws<ArgumentException>(() => whole.EncodeImage(large)).Message);
    }

    [Fact]
    public void A_text_has_the_same_vector_beside_texts_of_any_length()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = new ClipModel(new ClipTextConfig { Width = 32, Heads = 2, Layers = 2, EmbedDim = 16 }).to(ScalarType.Float64);
        var ids = randint(1, 49000, [40, 77]);
        for (var text = 0; text < 40; text++)
        {
            ids[text, text == 17 ? 76 : 2 + (text % 9)] = 49407;
        }

        var together = ((ClipModel)model).EncodeText(ids);
        var alone = cat([.. Enumerable.Range(0, 40).Select(text => ((ClipModel)model).EncodeText(ids.narrow(0, text, 1)))], 0);
        Assert.InRange((together - alone).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void A_full_size_text_side_encodes_150_labels_in_a_second()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1", "a limit of time, for an idle machine: SEGLSTM_SOAK=1");
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var model = new ClipModel(new ClipTextConfig());
        model.eval();
        // Labels of ADE20K have up to four words, and up to nine tokens with start and end.
        var ids = randint(1, 49000, [150, 77]);
        for (var label = 0; label < 150; label++)
        {
            ids[label, 3 + (label % 7)] = 49407;
        }

        model.EncodeText(ids.narrow(0, 0, 10));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        model.EncodeText(ids);
        TestContext.Current.SendDiagnosticMessage($"150 labels in {watch.Elapsed.TotalMilliseconds:F0} ms");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    [Fact]
    public void A_configuration_that_cannot_be_built_tells_all_its_problems()
    {
        var wrong = Assert.Throws<ArgumentException>(() => new ClipModel(new ClipTextConfig { Width = 65, Heads = 2, Layers = 0 }));
        Assert.Contains("multiple of its 2 heads", wrong.Message);
        Assert.Contains("must be positive", wrong.Message);
    }
}
