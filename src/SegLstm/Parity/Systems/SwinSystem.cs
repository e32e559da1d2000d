using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>Swin transformers: Microsoft's classifier and mmsegmentation's backbone, whose classes have one name.</summary>
public sealed class SwinSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "swin";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        // Models are compared in evaluation mode, where stochastic depth does nothing; a fused kernel computes the same.
        config.Note("seed", "drop_path_rate", "fused_window_process", "use_checkpoint", "with_cp");
        config.Only("cls", "SwinTransformer");
        if (config.Has("qk_scale"))
        {
            throw config.Wrong("qk_scale", "null");
        }

        var image = Images.Input(config, tensors);
        return config.Has("embed_dims") ? Backbone(config, tensors, image) : Classifier(config, tensors, image);
    }

    private static SwinConfig Common(GoldenConfig config) => new()
    {
        Depths = Sizes(config, "depths", [2, 2, 6, 2]),
        Heads = Sizes(config, "num_heads", [3, 6, 12, 24]),
        PatchSize = config.Integer("patch_size", 4),
        Window = config.Integer("window_size", 7),
        MlpRatio = config.Number("mlp_ratio", 4),
        QkvBias = config.Flag("qkv_bias", true),
        PatchNorm = config.Flag("patch_norm", true),
    };

    private static Subject Classifier(GoldenConfig config, GoldenTensors tensors, Tensor image)
    {
        var (height, width) = Images.Size(config, "img_size", 224);
        var classes = config.Integer("num_classes", tensors.Parameters.GetValueOrDefault("head.weight")?.shape[0] ?? 0);
        var model = new SwinTransformer(
            Common(config) with
            {
                Dim = config.Integer("embed_dim", 96),
                Channels = config.Integer("in_chans", image.shape[1]),
                Height = height,
                Width = width,
                AbsolutePositions = config.Flag("ape", false),
            },
            classes == 0 ? null : classes);
        return new Subject(() => [("y", model.forward(image))]) { Module = model };
    }

    private static Subject Backbone(GoldenConfig config, GoldenTensors tensors, Tensor image)
    {
        var (height, width) = Images.Size(config, "pretrain_img_size", 224);
        var common = Common(config);
        long[] strides = [common.PatchSize, .. Enumerable.Repeat(2L, common.Stages - 1)];
        if (!config.Integers("strides", strides).SequenceEqual(strides))
        {
            throw config.Wrong("strides", $"[{string.Join(", ", strides)}]");
        }

        int[] outputs = Sizes(config, "out_indices", [.. Enumerable.Range(0, common.Stages).Select(stage => (long)stage)]);
        var backbone = new SwinBackbone(
            common with
            {
                Dim = config.Integer("embed_dims"),
                Channels = config.Integer("in_channels", image.shape[1]),
                Height = height,
                Width = width,
                AbsolutePositions = config.Flag("use_abs_pos_embed", false),
            },
            outputs);
        return new Subject(() => backbone.forward(image).Select((map, k) => ($"out{k}", map))) { Module = backbone };
    }

    private static int[] Sizes(GoldenConfig config, string key, long[] otherwise) =>
        [.. config.Integers(key, otherwise).Select(size => (int)size)];
}
