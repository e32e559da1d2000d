using SegLstm.Checkpoints;
using SegLstm.Data;
using SegLstm.Experiments;
using SegLstm.Heads;
using SegLstm.Language;
using SegLstm.Language.Clip;
using SegLstm.Language.Glove;
using SegLstm.Models;
using SegLstm.Models.Clip;
using SegLstm.Models.Dpt;
using SegLstm.Models.LSeg;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Experiments.ZeroShot;
using SegLstm.Tests.Language.Clip;
using SegLstm.Tests.Training;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Language;

public class LanguageSegmenterTests
{
    private static readonly SceneRecipe Recipe = HeldOutExperimentTests.Recipe with
    {
        Training = HeldOutExperimentTests.Recipe.Training with { Schedule = new LearningRateSchedule { Iterations = 3, WarmupIterations = 1 } },
    };

    [Fact]
    public void A_trained_checkpoint_maps_its_classes_without_an_encoder_and_other_words_with_it()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var folder = new TemporaryFolder();
        using Scene scene = Scenes.Stripes(40, 40);
        var experiment = new SceneExperiment(scene, Recipe);
        using Segmenter model = experiment.CreateModel();
        using (enable_grad())
        using (var run = new RunFolder(folder.File("run")))
        {
            experiment.Train(model, run);
        }

        var best = Path.Combine(folder.File("run"), "best.safetensors");
        (Segmenter read, ModelCard card) = ModelCheckpoint.Load(best);
        using var image = randn(1, 2, 16, 16);
        Close.Within(read.forward(image), model.forward(image), 1e-5, "scores");
        Assert.Equal(["water", "forest", "road"], card.ClassNames);
        Assert.Equal(("GloVe", 100), (card.Language!.Encoder, card.Language.TextWidth));
        read.Dispose();

        using var segmenter = LanguageSegmenter.Load(best);
        Tensor trained = segmenter.Model.forward(image);
        segmenter.SetLabels(["road", "wet river", "forest", "water"]);
        Assert.Equal(["road", "wet river", "forest", "water"], segmenter.Card.ClassNames);
        Tensor other = segmenter.Model.forward(image);
        Assert.Equal([1, 4, 16, 16], other.shape);
        Close.Within(other.select(1, 0), trained.select(1, 2), 1e-5, "the same word has the same scores");
        using Tensor map = SceneMap.Predict(scene, segmenter.Model, segmenter.Card, 8);
        Assert.InRange(map.max().item<long>(), 0, 3);
    }

    [Fact]
    public void An_encoder_that_it_was_not_trained_with_is_refused()
    {
        var glove = GloveEncoder.Installed();
        var card = Card(new LanguageCard { Encoder = "CLIP x.pt", EncoderIdentity = "other", TextWidth = 100 });
        using Segmenter model = LSegModels.Create("seglstm_nano", 100, 1, 3, 16, new LanguageHeadConfig { Features = 8 });
        Assert.Contains("trained with the words of CLIP x.pt", Assert.Throws<ArgumentException>(() => new LanguageSegmenter(model, card, glove)).Message);
        using Segmenter classes = Catalog.Create("seglstm_nano", 3, 3, 16);
        Assert.Contains("classes of its own", Assert.Throws<ArgumentException>(() => new LanguageSegmenter(classes, card, glove)).Message);
    }

    [Fact]
    public void A_model_of_fixed_classes_knows_no_words()
    {
        using var folder = new TemporaryFolder();
        using Segmenter classes = Catalog.Create("seglstm_nano", 1, 3, 16);
        ModelCheckpoint.Save(folder.File("a.safetensors"), classes, Card(null));
        Assert.Contains("knows no words", Assert.Throws<InvalidDataException>(() => LanguageSegmenter.Load(folder.File("a.safetensors"))).Message);
    }

    [Fact]
    public void The_authors_checkpoint_brings_its_own_encoder()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var folder = new TemporaryFolder();
        var vit = new DptConfig { Dim = 64, Heads = 1, Depth = 4, GridSide = 2, Hooks = [0, 1, 2, 3], Reassembled = [4, 6, 8, 8] };
        var backbone = new DptEncoder(vit);
        using var model = new Segmenter(backbone, LanguageHead.For(backbone, 12, 1, new LanguageHeadConfig { Features = 8 }));
        using var clip = new ClipModel(new ClipTextConfig { Width = 64, Layers = 1, EmbedDim = 12 });
        var state = model.state_dict().Where(entry => !entry.Key.EndsWith("text_features"))
            .ToDictionary(entry => "net." + entry.Key.Replace("backbone.", "pretrained.").Replace("decode_head.", ""), entry => entry.Value);
        foreach (var (name, value) in clip.state_dict())
        {
            state.Add("net.clip_pretrained." + name, value);
        }

        Checkpoint.Save(folder.File("demo.ckpt"), state);
        Assert.Contains("byte pairs", Assert.Throws<FileNotFoundException>(() => LanguageSegmenter.Load(folder.File("demo.ckpt"))).Message);
        using var segmenter = LanguageSegmenter.Load(folder.File("demo.ckpt"), merges: Merges.File);
        segmenter.SetLabels(["dog", "grass"]);
        Assert.Equal(480, segmenter.Card.ImageSize);
        Assert.Equal(127.5f, segmenter.Card.Mean[0]);
        var image = randn(1, 3, 64, 64);
        model.eval();
        ((LanguageHead)model.Head).SetTexts(new ClipTextEncoder(clip, Merges.Tokenizer, "", "").Encode(["dog", "grass"]));
        Close.Within(segmenter.Model.forward(image), model.forward(image), 1e-5, "scores");
    }

    private static ModelCard Card(LanguageCard? language) => new()
    {
        Model = "seglstm_nano", ImageSize = 16, Bands = ["r", "g", "b"], Mean = [0, 0, 0], Std = [1, 1, 1], ClassNames = ["one"],
        Palette = ["#000000"], Dataset = "none", DisplayBands = [0, 1, 2], Language = language,
    };
}
