using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Vision transformers: DeiT's classifiers, mmsegmentation's backbone and its multi-level neck.</summary>
public sealed class VitSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "vit";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls") switch
        {
            "vit_models" => Classifier(
                config, tensors, new VitConfig { ClassPosition = false, LayerScale = LayerScale(config) }, false),
            "DistilledVisionTransformer" => Classifier(config, tensors, new VitConfig(), true),
            // timm's class and mmsegmentation's have one name; timm writes embed_dim.
            "VisionTransformer" when config.Has("embed_dim") => Classifier(config, tensors, new VitConfig(), false),
            "VisionTransformer" => Backbone(config, tensors),
            "MultiLevelNeck" => Neck(config, tensors),
            _ => throw config.Wrong("cls", "vit_models, DistilledVisionTransformer, VisionTransformer or MultiLevelNeck"),
        };
    }

    /// <summary>Absent keys stand for the published DeiT-III blocks.</summary>
    private static double? LayerScale(GoldenConfig config) => config.Text("block_layers", "Layer_scale_init_Block") switch
    {
        "Layer_scale_init_Block" => config.Number("init_scale", 1e-4),
        "Block" => null,
        _ => throw config.Wrong("block_layers", "Layer_scale_init_Block or Block"),
    };

    private static Subject Classifier(GoldenConfig config, GoldenTensors tensors, VitConfig kind, bool distilled)
    {
        // Models are compared in evaluation mode, where stochastic depth does nothing.
        config.Note("drop_path_rate", "dpr_constant");
        var (height, width) = Images.Size(config, "img_size", 224);
        var image = Images.Input(config, tensors);
        var classes = config.Integer("num_classes", tensors.Parameters.GetValueOrDefault("head.weight")?.shape[0] ?? 0);
        var model = new VisionTransformer(
            kind with
            {
                Dim = config.Integer("embed_dim", 768),
                Depth = (int)config.Integer("depth", 12),
                Heads = config.Integer("num_heads", 12),
                Channels = config.Integer("in_chans", image.shape[1]),
                Height = height,
                Width = width,
                PatchSize = config.Integer("patch_size", 16),
                MlpRatio = config.Number("mlp_ratio", 4),
                QkvBias = config.Flag("qkv_bias", true),
                NormEps = config.Number("eps", 1e-6),
            },
            classes == 0 ? null : classes, distilled);
        return new Subject(() => [("y", model.forward(image))]) { Module = model };
    }

    private static Subject Backbone(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("drop_path_rate");
        config.Only("interpolate_mode", "bicubic");
        config.Only("patch_pad", "corner");
        config.Off("patch_norm", "out_origin", "output_cls_token", "norm_eval");
        var (height, width) = Images.Size(config, "img_size", 224);
        var image = Images.Input(config, tensors);
        var depth = (int)config.Integer("num_layers", 12);
        var backbone = new VitBackbone(new VitBackboneConfig
        {
            Dim = config.Integer("embed_dims", 768),
            Depth = depth,
            Heads = config.Integer("num_heads", 12),
            Channels = config.Integer("in_channels", image.shape[1]),
            Height = height,
            Width = width,
            PatchSize = config.Integer("patch_size", 16),
            MlpRatio = config.Number("mlp_ratio", 4),
            QkvBias = config.Flag("qkv_bias", true),
            // As in the published set-ups, which the cases follow; mmcv's own default is 1e-5.
            NormEps = config.Number("eps", 1e-6),
            PatchBias = config.Flag("patch_bias", false),
            ClassToken = config.Flag("with_cls_token", true),
            PreNorm = config.Flag("pre_norm", false),
            FinalNorm = config.Flag("final_norm", false),
            Taps = [.. config.Integers("out_indices", [-1]).Select(index => (int)index + (index < 0 ? depth : 0))],
        });
        return new Subject(() => backbone.forward(image).Select((map, k) => ($"out{k}", map))) { Module = backbone };
    }

    private static Subject Neck(GoldenConfig config, GoldenTensors tensors)
    {
        config.Off("align_corners");
        if (config.Has("norm_cfg") || config.Has("act_cfg"))
        {
            throw config.Wrong(config.Has("norm_cfg") ? "norm_cfg" : "act_cfg", "null");
        }

        var channels = config.Integers("in_channels");
        var neck = new MultiLevelNeck(channels, config.Integer("out_channels"), config.Numbers("scales") ?? [0.5, 1, 2, 4]);
        var maps = channels.Select((_, level) => tensors[$"f{level}"]).ToArray();
        return new Subject(() => neck.forward(maps).Select((map, level) => ($"out{level}", map))) { Module = neck };
    }
}
