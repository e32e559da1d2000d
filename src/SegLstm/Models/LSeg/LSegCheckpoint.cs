using SegLstm.Checkpoints;
using SegLstm.Heads;
using SegLstm.Models.Clip;
using SegLstm.Models.Dpt;
using SegLstm.Models.ResNet;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.LSeg;

/// <summary>The authors' checkpoints: Lightning files with names under <c>net.</c>, or such a state dict alone. Sizes are told from
/// the tensors.</summary>
/// <remarks>Which block smooths the scores, and how often, is not in the tensors: all blocks have the same ten numbers. It is read
/// from the file's <c>hyper_parameters</c> (<c>arch_option, block_depth, activation</c>), or has to be said.</remarks>
public static class LSegCheckpoint
{
    private const string Net = "net.", Encoder = "pretrained.", Decoder = "scratch.", Texts = "clip_pretrained.";
    private const string ViT = Encoder + "model.", Patches = ViT + "patch_embed.proj.weight";

    /// <summary>Whether a state dict has the names of LSeg's authors.</summary>
    public static bool IsLSeg(IEnumerable<string> names) =>
        names.Any(name => name.EndsWith(Decoder + "head1.weight", StringComparison.Ordinal)
            && name.Replace(Net, "") == Decoder + "head1.weight");

    /// <summary>Loads the network, in evaluation mode. Its text side is loaded by
    /// <see cref="Language.Clip.ClipTextEncoder.Load"/> from the same file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blocks">What smooths the scores; null: what the file says, else nothing.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointException">It is no checkpoint, malformed or hostile.</exception>
    /// <exception cref="InvalidDataException">It holds no LSeg, or one whose tensors contradict each other.</exception>
    public static Segmenter Load(string path, LanguageHeadConfig? blocks = null)
    {
        using var scope = NewDisposeScope();
        using var file = Checkpoint.Open(path);
        return Build(file.LoadAll(), blocks ?? BlocksOf(file.Tree) ?? new LanguageHeadConfig(), path);
    }

    /// <summary>Builds the network that a state dict describes, and fills it.</summary>
    /// <param name="state">Tensors by the authors' names, with or without <c>net.</c>.</param>
    /// <param name="blocks">What smooths the scores; its width is told from the tensors.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">It holds no LSeg, or one whose tensors contradict each other.</exception>
    public static Segmenter Build(
        IReadOnlyDictionary<string, Tensor> state, LanguageHeadConfig? blocks = null, string source = "the state dict")
    {
        var own = state.ToDictionary(
            entry => entry.Key.StartsWith(Net, StringComparison.Ordinal) ? entry.Key[Net.Length..] : entry.Key, entry => entry.Value);
        var features = (int)Shape(own, Decoder + "layer1_rn.weight", source)[0];
        var textWidth = (int)Shape(own, Decoder + "head1.weight", source)[0];
        try
        {
            Backbone backbone = own.ContainsKey(Patches) ? Vit(own, source) : ResNet(own, source);
            var config = (blocks ?? new LanguageHeadConfig()) with { Features = features };
            var model = new Segmenter(backbone, LanguageHead.For(backbone, textWidth, 1, config));
            try
            {
                model.load_state_dict(own.Where(entry => !entry.Key.StartsWith(Texts, StringComparison.Ordinal))
                    .ToDictionary(entry => Rename(entry.Key), entry => entry.Value));
                model.eval();
                return model;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }
        catch (Exception misfit) when (misfit is StateDictException or ArgumentException)
        {
            var hint = own.ContainsKey(Decoder + "head_block.depthwise.depthwise.weight") == (blocks?.Block is not (null or LanguageBlock.None))
                ? "" : " It has blocks that smooth scores: say which ones (Block and BlockDepth of LanguageHeadConfig).";
            throw new InvalidDataException($"{source} holds no LSeg that is known here: {misfit.Message}{hint}", misfit);
        }
    }

    private static string Rename(string name) =>
        name.StartsWith(Encoder, StringComparison.Ordinal) ? "backbone." + name[Encoder.Length..]
        : name.StartsWith(Decoder, StringComparison.Ordinal) ? "decode_head." + name
        : name;

    private static DptEncoder Vit(Dictionary<string, Tensor> state, string source)
    {
        var patches = Shape(state, Patches, source);
        var depth = state.Keys.Where(name => name.StartsWith(ViT + "blocks.", StringComparison.Ordinal))
            .Select(name => name[(ViT.Length + "blocks.".Length)..].Split('.')[0]).Distinct().Count();
        var positions = Shape(state, ViT + "pos_embed", source)[1] - 1;
        return new DptEncoder(new DptConfig
        {
            Dim = (int)patches[0],
            // All of timm's published ViTs have 64 channels a head.
            Heads = Math.Max(1, (int)patches[0] / 64),
            Depth = depth,
            Channels = (int)patches[1],
            PatchSize = (int)patches[3],
            GridSide = (int)Math.Round(Math.Sqrt(positions)),
            MlpRatio = (int)(Shape(state, ViT + "blocks.0.mlp.fc1.weight", source)[0] / patches[0]),
            // A quarter, a half, three quarters and all of the blocks: 5, 11, 17, 23 of 24 and 2, 5, 8, 11 of 12.
            Hooks = [.. Enumerable.Range(1, 4).Select(k => (k * depth / 4) - 1)],
            Reassembled = [.. Enumerable.Range(1, 4).Select(k => (int)Shape(state, $"{Encoder}act_postprocess{k}.3.weight", source)[0])],
            Readout = state.ContainsKey(Encoder + "act_postprocess1.0.project.0.weight") ? DptReadout.Project : DptReadout.Ignore,
            FinalNorm = state.ContainsKey(ViT + "norm.weight"),
        });
    }

    private static ResNetBackbone ResNet(Dictionary<string, Tensor> state, string source)
    {
        var stem = Shape(state, Encoder + "layer1.0.weight", source);
        int Blocks(string stage) => state.Keys.Where(name => name.StartsWith(Encoder + stage, StringComparison.Ordinal))
            .Select(name => name[(Encoder + stage).Length..].Split('.')[0]).Distinct().Count();
        return new ResNetBackbone(new ResNetConfig
        {
            Blocks = [Blocks("layer1.4."), Blocks("layer2."), Blocks("layer3."), Blocks("layer4.")],
            Width = (int)stem[0],
            Channels = (int)stem[1],
            OutputStride = 32,
        });
    }

    private static LanguageHeadConfig? BlocksOf(Checkpoints.Pickle.PickleValue? tree)
    {
        if (tree?["hyper_parameters"] is not Checkpoints.Pickle.PickleValue.Dictionary parameters)
        {
            return null;
        }

        int Number(string key) => parameters[key] is Checkpoints.Pickle.PickleValue.Integer number ? (int)number.Value : 0;
        return new LanguageHeadConfig
        {
            Block = Number("arch_option") switch { 1 => LanguageBlock.Bottleneck, 2 => LanguageBlock.Depthwise, _ => LanguageBlock.None },
            BlockDepth = Number("block_depth"),
            Activation = (parameters["activation"] as Checkpoints.Pickle.PickleValue.Text)?.Value switch
            {
                "relu" => LanguageActivation.Relu,
                "tanh" => LanguageActivation.Tanh,
                _ => LanguageActivation.LeakyRelu,
            },
        };
    }

    private static long[] Shape(Dictionary<string, Tensor> state, string name, string source) =>
        state.TryGetValue(name, out var found) && found.dim() is var dimensions && dimensions == (name.EndsWith("pos_embed", StringComparison.Ordinal) ? 3
            : name.Contains(".fc1.") ? 2 : 4)
            ? found.shape
            : throw new InvalidDataException(
                $"{source} holds no LSeg: {(found is null ? $"it lacks {name}" : $"{name} is ({string.Join(", ", found.shape)})")}. "
                + "Expected a checkpoint of isl-org/lang-seg.");
}
