using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class ModelCheckpointTests
{
    private static readonly ModelCard Card = new()
    {
        Model = "seglstm_nano", ImageSize = 16, Bands = ["red", "green"], DisplayBands = [0, 1, 1], Mean = [1.5f, 2.25f],
            Std = [0.1f, 3],
        ClassNames = ["a", "b"], Palette = ["#000000", "#FF8000"], Dataset = "none", Split = new BlockSplit(8, 0.1, 0.2, 3),
            Seed = 7,
    };

    [Fact]
    public void A_loaded_model_computes_what_the_saved_one_did()
    {
        using var folder = new TemporaryFolder();
        using Segmenter model = Catalog.Create(Card.Model, 2, 2, 16);
        ModelCheckpoint.Save(folder.File("m.safetensors"), model, Card);
        (Segmenter loaded, ModelCard card) = ModelCheckpoint.Load(folder.File("m.safetensors"));
        using (loaded)
        {
            model.eval();
            using Tensor image = randn(1, 2, 32, 32);
            Assert.True(model.call(image).equal(loaded.call(image)).all().item<bool>());
            Assert.False(loaded.training);
            Assert.Equal(JsonSerializer.Serialize(Card), JsonSerializer.Serialize(card));
            Assert.Equal("#FF8000", card.Legend.Palette[1].ToString());
        }
    }

    [Fact]
    public void A_safetensors_file_without_a_card_is_refused()
    {
        using var folder = new TemporaryFolder();
        SafeTensors.Save(folder.File("m.safetensors"), new Dictionary<string, Tensor> { ["x"] = zeros(2) });
        Assert.Contains("without a model card",
            Assert.Throws<InvalidDataException>(() => ModelCheckpoint.Load(folder.File("m.safetensors"))).Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"model\":")]
    public void A_card_that_is_no_card_is_refused(string text)
    {
        using var folder = new TemporaryFolder();
        var metadata = new Dictionary<string, string> { ["seglstm.model_card"] = text };
        SafeTensors.Save(folder.File("m.safetensors"), new Dictionary<string, Tensor> { ["x"] = zeros(2) }, metadata);
        Assert.Contains("cannot be read",
            Assert.Throws<InvalidDataException>(() => ModelCheckpoint.ReadCard(folder.File("m.safetensors"))).Message);
    }

    [Fact]
    public void A_card_that_contradicts_itself_is_refused_with_the_numbers()
    {
        using var folder = new TemporaryFolder();
        using Segmenter model = Catalog.Create(Card.Model, 2, 2, 16);
        ModelCheckpoint.Save(folder.File("m.safetensors"), model, Card with { Mean = [1] });
        Assert.Contains("2 bands with 1 means",
            Assert.Throws<InvalidDataException>(() => ModelCheckpoint.Load(folder.File("m.safetensors"))).Message);
    }

    [Fact]
    public void Weights_of_another_model_are_refused_with_names_and_shapes()
    {
        using var folder = new TemporaryFolder();
        using Segmenter model = Catalog.Create(Card.Model, 3, 2, 16);
        ModelCheckpoint.Save(folder.File("classes.safetensors"), model, Card);
        string message = Assert.Throws<InvalidDataException>(() => ModelCheckpoint.Load(folder.File("classes.safetensors")))
            .Message;
        Assert.Contains("decode_head.conv_seg", message);
        Assert.Contains("expected (2", message);

        ModelCheckpoint.Save(folder.File("name.safetensors"), model, Card with { Model = "seglstm_tiny" });
        Assert.Contains("and",
            Assert.Throws<InvalidDataException>(() => ModelCheckpoint.Load(folder.File("name.safetensors"))).Message);
    }

    [Fact]
    public void A_model_that_is_not_in_the_catalog_is_refused_with_the_nearest_names()
    {
        using var folder = new TemporaryFolder();
        using Segmenter model = Catalog.Create(Card.Model, 2, 2, 16);
        ModelCheckpoint.Save(folder.File("m.safetensors"), model, Card with { Model = "seglstm_nan" });
        Assert.Contains("seglstm_nano",
            Assert.Throws<ArgumentException>(() => ModelCheckpoint.Load(folder.File("m.safetensors"))).Message);
    }
}
