using SegLstm.Models.Vim;

namespace SegLstm.Parity.Systems;

/// <summary>Vision Mamba: its mixer in all directions, and whole classifiers.</summary>
public sealed class VimSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "vim";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls") switch
        {
            "Mamba (Vim's fork)" or "Mamba" => Mixer(config, tensors),
            "VisionMamba" => Classifier(config, tensors),
            _ => throw config.Wrong("cls", "Mamba (Vim's fork) or VisionMamba"),
        };
    }

    private static Subject Mixer(GoldenConfig config, GoldenTensors tensors)
    {
        var mixer = new VimMixer(new VimMixerConfig
        {
            Block = MambaSystem.Block(config),
            Directions = Directions(config, MixerDirections.Forward),
            DivideOut = config.Flag("if_divide_out", false),
            LayerScale = config.Has("init_layer_scale") ? config.Number("init_layer_scale") : null,
        });
        var x = MambaSystem.Tokens(config, tensors);
        return new Subject(() => [("y", mixer.forward(x))]) { Module = mixer };
    }

    private static Subject Classifier(GoldenConfig config, GoldenTensors tensors)
    {
        // What changes only types, speed or training.
        config.Note("residual_in_fp32", "fused_add_norm", "drop_rate", "drop_path_rate", "flip_img_sequences_ratio");
        config.Off("if_bidirectional", "if_rope", "if_rope_residual", "use_double_cls_token");
        if (!config.Flag("if_abs_pos_embed", true))
        {
            throw config.Wrong("if_abs_pos_embed", "true");
        }

        var model = new VisionMamba(Configure(config));
        var made = model.Config;
        var x = tensors.Of("x", config.Integer("B", tensors["x"].shape[0]), made.Channels, made.Height, made.Width);
        return new Subject(() => [("y", model.forward(x))]) { Module = model };
    }

    private static VimConfig Configure(GoldenConfig config)
    {
        var defaults = VimConfig.Tiny;
        var (height, width) = config.Integers("img_size", [defaults.Height]) switch
        {
            [var side] => (side, side),
            [var rows, var columns] => (rows, columns),
            _ => throw config.Wrong("img_size", "a side or [rows, columns]"),
        };
        var classes = config.Integer("num_classes", 1000);
        return defaults with
        {
            Dim = config.Integer("embed_dim", defaults.Dim),
            Depth = (int)config.Integer("depth", defaults.Depth),
            Channels = config.Integer("channels", defaults.Channels),
            Height = height,
            Width = width,
            PatchSize = config.Integer("patch_size", defaults.PatchSize),
            // The class's own default, whatever the patch size.
            Stride = config.Integer("stride", 16),
            Classes = classes > 0 ? classes : null,
            StateSize = config.Integer("d_state", defaults.StateSize),
            Directions = config.Flag("if_bimamba", false)
                ? MixerDirections.SharedBoth : Directions(config, MixerDirections.Both),
            DivideOut = config.Flag("if_divide_out", true),
            LayerScale = config.Has("init_layer_scale") ? config.Number("init_layer_scale") : null,
            ClassToken = Place(config),
            Pool = config.Text("final_pool_type", "none") switch
            {
                "none" => TokenPool.Last,
                "mean" => TokenPool.Mean,
                "max" => TokenPool.Max,
                "all" => TokenPool.All,
                _ => throw config.Wrong("final_pool_type", "none, mean, max or all"),
            },
            RmsNorm = config.Flag("rms_norm", true),
            NormEps = config.Number("norm_epsilon", defaults.NormEps),
        };
    }

    private static ClassToken Place(GoldenConfig config)
    {
        var middle = config.Flag("use_middle_cls_token", true);
        return !config.Flag("if_cls_token", true) ? ClassToken.None : middle ? ClassToken.Middle : ClassToken.Head;
    }

    private static MixerDirections Directions(GoldenConfig config, MixerDirections otherwise) =>
        config.Text("bimamba_type", null) switch
        {
            null => otherwise,
            "none" => MixerDirections.Forward,
            "v1" => MixerDirections.SharedBoth,
            "v2" => MixerDirections.Both,
            _ => throw config.Wrong("bimamba_type", "none, v1 or v2"),
        };
}
