using SegLstm.Heads;
using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using SegLstm.Models.Dpt;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>DPT as in LSeg: the fusion block, and a vision transformer with its tokens reassembled to a pyramid.</summary>
public sealed class DptSystem : GoldenSystem
{
    private const string PatchWeight = "model.patch_embed.proj.weight";

    /// <inheritdoc/>
    public override string Name => "dpt";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        return config.Has("features") ? Fusion(config, tensors)
            : config.Has("hooks") ? Encoder(config, tensors)
            : throw new GoldenException(
                "cannot be built: its config has neither 'features' (a fusion block) nor 'hooks' (an encoder)");
    }

    private static Subject Fusion(GoldenConfig config, GoldenTensors tensors)
    {
        config.Off("expand", "deconv");
        if (!config.Flag("align_corners", true))
        {
            throw config.Wrong("align_corners", "true");
        }

        var features = config.Integer("features");
        var x = tensors["x"];
        tensors.Of("x", x.shape[0], features, x.shape[2], x.shape[3]);
        var skip = config.Flag("two_inputs") ? tensors.Of("skip", x.shape) : null;
        // The authors' block has the unit for a second input whether or not there is one.
        var block = new FeatureFusion((int)features, config.Flag("bn"), fuses: true);
        return new Subject(() => [("out", block.forward(x, skip, null)), .. Statistics(block)])
        {
            Module = block,
            Training = config.Flag("train", false),
            Optional = Names(block),
        };
    }

    /// <summary>Names of those outputs; a file need not have them.</summary>
    internal static string[] Names(nn.Module module) => [.. Statistics(module).Select(buffer => buffer.Name)];

    /// <summary>Running statistics after the step, as outputs.</summary>
    internal static IEnumerable<(string Name, Tensor Value)> Statistics(nn.Module module) =>
        module.named_buffers().Select(pair => ($"after.{pair.name}", pair.buffer));

    private static Subject Encoder(GoldenConfig config, GoldenTensors tensors)
    {
        var weight = tensors.Parameters.GetValueOrDefault(PatchWeight) ?? throw new GoldenException($"lacks param.{PatchWeight}");
        var image = tensors["x"];
        tensors.Of("x", [image.shape[0], image.shape[1], .. config.Integers("input_hw")]);
        // ViT-B/32 differs from ViT-L/16 in how it reassembles; the side files need not say which, the patches' kernel does.
        var patch = config.Integer("patch", config.Integer("patch_size", weight.shape[^1]));
        var encoder = new DptEncoder(new DptConfig
        {
            Dim = (int)config.Integer("d"),
            Depth = (int)config.Integer("depth"),
            Heads = (int)config.Integer("heads"),
            MlpRatio = (int)config.Integer("mlp_ratio", 4),
            Channels = (int)image.shape[1],
            PatchSize = (int)patch,
            GridSide = (int)config.Integer("grid"),
            Hooks = [.. config.Integers("hooks").Select(hook => (int)hook)],
            Reassembled = [.. config.Integers("feats").Select(count => (int)count)],
            Readout = config.Text("readout", "project") switch
            {
                "project" => DptReadout.Project,
                "ignore" => DptReadout.Ignore,
                "add" => DptReadout.Add,
                _ => throw config.Wrong("readout", "project, ignore or add"),
            },
            NormEps = config.Number("layernorm_eps", 1e-6),
            FinalNorm = tensors.Parameters.ContainsKey("model.norm.weight"),
        });
        return new Subject(() => Outputs(encoder, image))
        {
            Module = encoder,
            Training = config.Flag("train", false),
            Optional = Extra,
        };
    }

    private static string[] Extra =>
        ["pos_embed_resized", "final_norm_tokens", .. Enumerable.Range(1, 4).Select(level => $"hook{level}")];

    private static List<(string, Tensor)> Outputs(DptEncoder encoder, Tensor image)
    {
        var transformer = encoder.Transformer;
        var grid = transformer.GridOf(image.shape[2], image.shape[3]);
        var tokens = transformer.forward(image);
        List<(string, Tensor)> outputs = [("pos_embed_resized", transformer.Positions(grid))];
        if (encoder.Config.FinalNorm)
        {
            outputs.Add(("final_norm_tokens", transformer.Normalise(tokens[^1])));
        }

        outputs.AddRange(encoder.Config.Hooks.Select((block, level) => ($"hook{level + 1}", tokens[block])));
        outputs.AddRange(encoder.Reassemble(tokens, grid).Select((map, level) => ($"layer_{level + 1}", map)));
        return outputs;
    }
}
