using System.Text.Json;
using SegLstm.Language.Clip;
using SegLstm.Models.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>CLIP: its tokenizer, its text transformer, and both sides together.</summary>
public sealed class ClipSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "clip";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        var text = new ClipTextConfig
        {
            Width = (int)config.Integer("transformer_width"),
            Heads = (int)config.Integer("transformer_heads"),
            Layers = (int)config.Integer("transformer_layers"),
            ContextLength = (int)config.Integer("context_length"),
            Vocabulary = (int)config.Integer("vocab_size"),
            EmbedDim = (int)config.Integer("embed_dim"),
        };
        var ids = tensors["text"];
        tensors.Of("text", ids.shape[0], text.ContextLength);
        var model = new ClipModel(text, config.Has("vision") ? Vision(config.Part("vision")) : null);
        var image = model.Vision is { } vision ? tensors.Of("image", tensors["image"].shape[0], 3, vision.Resolution, vision.Resolution) : null;
        // The single upstream gradient without a name is the text features'.
        if (tensors.LossWeights.Remove("", out var weight))
        {
            tensors.LossWeights.Add("text_features", weight);
        }

        return new Subject(() => Outputs(model, ids, image)) { Module = model };
    }

    /// <summary>A table of texts and ids. The byte pairs are looked for beside it, and in <c>data/clip_bpe</c> of a folder
    /// above.</summary>
    public override (Subject Subject, GoldenTensors Tensors) BuildWithoutFiles(GoldenCase golden)
    {
        if (!golden.IsTokenTable)
        {
            return base.BuildWithoutFiles(golden);
        }

        var tokenizer = new ClipTokenizer(BytePairMerges.Load(Merges(golden.Path)));
        var cases = golden.Root.GetProperty("cases").EnumerateArray().ToArray();
        var expected = new Dictionary<string, Tensor>();
        foreach (var (n, entry) in cases.Index())
        {
            expected.Add(Label(n, entry), Ids(entry.GetProperty("ids")));
            if (entry.TryGetProperty("truncated77", out var cut))
            {
                expected.Add(Label(n, entry) + " cut to 77", Ids(cut));
            }
        }

        return (new Subject(() => cases.Index().SelectMany(item => Encode(tokenizer, item.Index, item.Item))), GoldenTensors.Of([], expected));
    }

    private static ClipVisionConfig Vision(GoldenConfig config)
    {
        var vision = new ClipVisionConfig
        {
            Width = (int)config.Integer("width"),
            Heads = (int)config.Integer("heads"),
            Layers = (int)config.Integer("layers"),
            PatchSize = (int)config.Integer("patch"),
            Resolution = (int)config.Integer("image_resolution"),
        };
        config.Finish();
        return vision;
    }

    private static IEnumerable<(string, Tensor)> Outputs(ClipModel model, Tensor ids, Tensor? image)
    {
        var texts = model.EncodeText(ids);
        List<(string, Tensor)> outputs =
            [("text_features", texts), ("text_features_normalized", ClipModel.Unit(texts)), ("ln_final", model.Hidden(ids))];
        if (image is not null)
        {
            var images = model.EncodeImage(image);
            var logits = model.Similarity(images, texts);
            outputs.AddRange([("image_features", images), ("logits_per_image", logits), ("logits_per_text", logits.t())]);
        }

        return outputs;
    }

    private static IEnumerable<(string, Tensor)> Encode(ClipTokenizer tokenizer, int n, JsonElement entry)
    {
        var text = entry.GetProperty("text").GetString()!;
        long[] ids = [tokenizer.Start, .. tokenizer.Encode(text), tokenizer.End];
        yield return (Label(n, entry), tensor(ids));
        if (entry.TryGetProperty("truncated77", out _))
        {
            yield return (Label(n, entry) + " cut to 77", tokenizer.Tokenize([text], truncate: true)[0]);
        }
    }

    private static string Label(int n, JsonElement entry) => $"text {n} {JsonSerializer.Serialize(entry.GetProperty("text").GetString())}";

    private static Tensor Ids(JsonElement ids) => tensor(ids.EnumerateArray().Select(id => id.GetInt64()).ToArray());

    private static string Merges(string path)
    {
        for (var folder = Directory.GetParent(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            if (BytePairMerges.FindIn(folder.FullName) is { } beside)
            {
                return beside;
            }

            if (BytePairMerges.FindIn(Path.Combine(folder.FullName, "data", "clip_bpe")) is { } data)
            {
                return data;
            }
        }

        throw new GoldenException(
            $"cannot be built: CLIP's byte pairs (bpe_simple_vocab_16e6.txt.gz of openai/CLIP) are neither beside {path} nor in "
            + "data/clip_bpe of a folder above");
    }
}
