using SegLstm.Experiments;
using SegLstm.Experiments.Claims;
using SegLstm.Experiments.Hyperspectral;
using SegLstm.Experiments.Presets;
using SegLstm.Experiments.Records;
using SegLstm.Heads;
using SegLstm.Models.LSeg;
using SegLstm.Models.VisionLstm;
using SegLstm.Training;
using TorchSharp;

namespace SegLstm.Tests.Experiments.Presets;

public class PresetCatalogTests
{
    public static TheoryData<string> Names => [.. PresetCatalog.All.Select(preset => preset.Name)];

    public static TheoryData<string> ScenePresets => [.. PresetCatalog.All.OfType<ScenePreset>().Select(preset => preset.Name)];

    public static TheoryData<string> PixelPresets => [.. PresetCatalog.All.OfType<PixelPreset>().Select(preset => preset.Name)];

    [Theory]
    [MemberData(nameof(ScenePresets))]
    public void Each_can_be_used_names_a_model_that_there_is_and_says_command_cost_and_result(string name)
    {
        var preset = (ScenePreset)PresetCatalog.Find(name);
        Assert.Empty(preset.Recipe.Validate());
        Assert.NotEmpty(preset.Recipe.Classification is null ? LSegModels.Check(preset.Recipe.Model, preset.Recipe.Words is not null)
            : VilClassifiers.Check(preset.Recipe.Model));
        Assert.StartsWith($"seglstm train --preset {name} ", preset.Command);
        Assert.NotEmpty(preset.Cost);
        Assert.NotEmpty(preset.Source);
        // A number is unverified, and says what it is for, or there is a command that makes it.
        Assert.Matches("^unverified|: seglstm reproduce (glcnet-)?olinda$", preset.Expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_the_same_after_a_file(string name)
    {
        object recipe = PresetCatalog.Find(name).Values;
        string yaml = RecordYaml.Write(recipe);
        Assert.Equal(yaml, RecordYaml.Write(
            recipe is PixelRecipe ? RecordYaml.Read<PixelRecipe>(yaml, name) : RecordYaml.Read<SceneRecipe>(yaml, name)));
    }

    [Theory]
    [MemberData(nameof(PixelPresets))]
    public void SpectralMamba_is_trained_as_far_as_its_paper_tells_and_says_what_it_leaves_open(string name)
    {
        var preset = (PixelPreset)PresetCatalog.Find(name);
        Assert.Empty(preset.Recipe.Validate());
        Assert.Equal(("spectralmamba_patch", 64), (preset.Recipe.Model, preset.Recipe.Training.BatchSize));
        Assert.StartsWith("seglstm spectral train ", preset.Command);
        Assert.EndsWith($" --preset {name}", preset.Command);
        Assert.Matches("^unverified: the paper gives |: seglstm spectral compare synthetic ", preset.Expected);
        Assert.Equal(preset.Expected.StartsWith("unverified", StringComparison.Ordinal), preset.Without.Count > 0);
    }

    [Fact]
    public void A_preset_for_another_command_is_refused_with_that_command()
    {
        string message = Assert.Throws<ArgumentException>(() => PresetCatalog.Find<SceneRecipe>("spectralmamba-botswana")).Message;
        Assert.StartsWith("The preset 'spectralmamba-botswana' is for another command: seglstm spectral train botswana ", message);
        Assert.Contains("For this one: olinda, seglstm-loveda,", message);
        Assert.Contains("seglstm train --preset olinda", Assert.Throws<ArgumentException>(() => PresetCatalog.Find<PixelRecipe>("olinda")).Message);
    }

    [Theory]
    [InlineData("seglstm-loveda")]
    [InlineData("seglstm-potsdam")]
    [InlineData("seglstm-vaihingen")]
    public void Seg_LSTM_is_trained_as_its_repository_says(string name)
    {
        SceneRecipe recipe = PresetCatalog.Find<SceneRecipe>(name).Recipe;
        TrainingOptions training = recipe.Training;
        Assert.Equal(("seglstm_upernet", 512, 16), (recipe.Model, recipe.WindowSize, training.BatchSize));
        Assert.Equal((6e-4, 0.01), (training.LearningRate, training.WeightDecay));
        Assert.Equal((15_000, 1_000), (training.Schedule.Iterations, training.ValidateEvery));
        Assert.Equal(1e-6, training.Schedule.Factor(0));
        Assert.Equal(1, training.Schedule.Factor(1_500));
        Assert.Equal(0, training.Schedule.Factor(14_999));
        Assert.Null(training.ClipNorm);
        Assert.Equal(["pos_embed", "cls_token", "norm"], training.NoDecay);
    }

    [Fact]
    public void ViLs_rate_ends_at_a_millionth()
    {
        TrainingOptions training = PresetCatalog.Find<SceneRecipe>("vil-tiny-ade20k").Recipe.Training;
        Assert.Equal(160_000, training.Schedule.Iterations);
        Assert.Equal(5e-4, training.LearningRate * training.Schedule.Factor(1_500));
        Assert.Equal(1e-6, training.LearningRate * training.Schedule.Factor(159_999), 1e-18);
    }

    [Theory]
    [InlineData("vil-tiny-imagenet-e400", 400, 5, 625, 2e-3, 2048, 192)]
    [InlineData("vil-tiny-imagenet-e800", 800, 5, 625, 2e-3, 2048, 192)]
    [InlineData("vil-base-imagenet-e400", 400, 5, 625, 2e-3, 2048, 192)]
    [InlineData("vil-small-imagenet-224", 20, 5, 1251, 1e-5, 1024, 224)]
    [InlineData("vil-base-imagenet-224", 5, 1, 1251, 1e-5, 1024, 224)]
    public void ViL_learns_ImageNet_as_its_yaml_says(
        string name, int epochs, int warmup, int length, double rate, int batch, int side)
    {
        SceneRecipe recipe = PresetCatalog.Find<SceneRecipe>(name).Recipe;
        TrainingOptions training = recipe.Training;
        Assert.Equal((side, batch), (recipe.WindowSize, training.BatchSize * training.Accumulate));
        Assert.Equal((epochs * length, warmup * length), (training.Schedule.Iterations, training.Schedule.WarmupIterations));
        Assert.Equal(rate, training.LearningRate * training.Schedule.Factor(warmup * length), 1e-12);
        Assert.Equal(1e-6, training.LearningRate * training.Schedule.Factor(epochs * length - 1), 1e-12);
        Assert.Equal((0.05, 0.9, 0.999), (training.WeightDecay, training.Beta1, training.Beta2));
        Assert.Equal(["pos_embed"], training.NoDecay);
        Assert.Equal(side == 192 ? 1 : null, training.ClipNorm);
        Assert.Equal((0.8, 1, 0.5), (training.Mixing!.MixupAlpha, training.Mixing.CutmixAlpha, training.Mixing.CutmixShare));
        var varied = recipe.Classification!.Augmentation!;
        Assert.Equal((0.08, 0.5, true), (varied.LeastArea, varied.Flip, varied.ThreeAugment));
        Assert.Equal((0.3, 0.3, 0.3, 0), (varied.Jitter!.Brightness, varied.Jitter.Contrast, varied.Jitter.Saturation, varied.Jitter.Hue));
    }

    [Fact]
    public void ViL_learns_ADE20K_from_its_own_images_varied_as_its_yaml_says()
    {
        RecipePreset<SceneRecipe> preset = PresetCatalog.Find<SceneRecipe>("vil-small-ade20k");
        Assert.Equal("seglstm train --preset vil-small-ade20k --collection ade20k --root FOLDER", preset.Command);
        var varied = preset.Recipe.Collection!.Augmentation;
        Assert.Equal((2048, 512), (varied.LongEdge, varied.ShortEdge));
        Assert.Equal((0.5, 2, 0.75), (varied.LeastRatio, varied.GreatestRatio, varied.CategoryLimit));
        Assert.Equal((false, 0.5, 0.5, 0.5, 0.25), (varied.Photometric, varied.Jitter!.Brightness, varied.Jitter.Contrast,
            varied.Jitter.Saturation, varied.Jitter.Hue));
        // Windows of 512 in steps of 341.
        Assert.Equal(512 - 341, preset.Recipe.Overlap);
    }

    [Fact]
    public void GLCNet_is_pretrained_and_tuned_as_its_repository_says()
    {
        SceneRecipe recipe = PresetCatalog.Find<SceneRecipe>("glcnet-potsdam").Recipe;
        TrainingOptions training = recipe.Training;
        Assert.Equal((400, 256, 224), (recipe.Pretraining!.Training.Epochs, recipe.Pretraining.Training.BatchSize, recipe.Pretraining.Views.Size));
        Assert.Equal((0.01, 256, OptimizerKind.Adam), (recipe.LabelFraction, recipe.WindowSize, training.Optimizer));
        Assert.Equal((0.99, 1e-5), (training.Beta2, training.WeightDecay));
        Assert.Equal(1, training.Schedule.Factor(0));
        Assert.Equal(0.98, training.Schedule.Factor(8), 1e-12);
        Assert.Equal(Math.Pow(0.98, 149), training.Schedule.Factor(1_199), 1e-12);
    }

    [Fact]
    public void LSegs_decoder_learns_ten_times_as_fast_as_its_encoder()
    {
        SceneRecipe recipe = PresetCatalog.Find<SceneRecipe>("lseg-ade20k").Recipe;
        TrainingOptions training = recipe.Training;
        Assert.Equal(("lseg_vitl16", 480, 160), (recipe.Model, recipe.WindowSize, recipe.Overlap));
        Assert.Equal((OptimizerKind.Sgd, 0.9, 1e-4), (training.Optimizer, training.Momentum, training.WeightDecay));
        Assert.Equal(0.004, training.LearningRate * training.Schedule.Factor(1_262));
        Assert.Equal(Math.Pow(1 - (1 / 240.0), 0.9), training.Schedule.Factor(1_263), 1e-12);
        using var scope = torch.NewDisposeScope();
        using var small = LSegModels.Create("seglstm_nano", textWidth: 8, labels: 2, bands: 3, imageSize: 16, new LanguageHeadConfig { Features = 8 });
        var fast = ParameterGroups.ByName(small.named_parameters(), training).Single(group => group.RateFactor == 10).Parameters;
        Assert.Equal(
            small.named_parameters().Where(p => p.name.StartsWith("decode_head.scratch.", StringComparison.Ordinal)).Select(p => p.parameter),
            fast);
    }

    // What the preset says is measured is what the claim runs.
    [Fact]
    public void The_small_GLCNet_is_that_of_its_claim()
    {
        ClaimFolder claim = ClaimFolder.Find(ClaimFolder.ReadAll(ClaimFolder.Repository!), "glcnet-olinda");
        SceneRecipe run = claim.Sweep!.Runs.Single(run => run.Name == "few-glcnet/seed-0").Recipe;
        Assert.Equal(RecordYaml.Write(run), RecordYaml.Write(PresetCatalog.Find<SceneRecipe>("glcnet-olinda").Recipe));
    }

    [Fact]
    public void An_unknown_name_is_told_with_the_nearest() => Assert.StartsWith("There is no preset 'seglstm-lovdea'. Nearest: "
        + "seglstm-loveda. All: olinda, ", Assert.Throws<ArgumentException>(() => PresetCatalog.Find("seglstm-lovdea")).Message);
}
