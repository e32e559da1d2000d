using SegLstm.Layers;
using SegLstm.Models.VisionLstm;

namespace SegLstm.Parity.Systems;

/// <summary>Whole models of the Vision-LSTM training code: every ablation as classifier or features.</summary>
internal static class VilTrainingModel
{
    public static Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        // Models are compared in evaluation mode, where stochastic depth does nothing.
        config.Note("drop_path_rate", "drop_path_decay");
        config.Only("pos_embed_mode", "learnable");
        var shape = config.Integers("input_shape");
        var image = Images.Input(config, tensors, shape);
        var classes = config.Has("output_shape") ? config.Integers("output_shape") : null;
        if (classes is not (null or { Length: 1 }))
        {
            throw config.Wrong("output_shape", "[classes], or nothing for features");
        }

        var model = new VisLSTM(new VisLstmConfig
        {
            Layer = VilTrainingLayer.Configure(config),
            Channels = shape[0],
            Height = shape[1],
            Width = shape[2],
            PatchSize = config.Integer("patch_size"),
            Stride = config.Has("stride") ? config.Integer("stride") : null,
            Depth = (int)config.Integer("depth"),
            Classes = classes?[0],
            Head = Pooling(config),
            MiddleTokens = (int)config.Integer("num_tokens", 1),
            ExtraTokens = (int)config.Integer("cls_tokens", 0),
            ExtraLocation = config.Text("cls_location", "first") switch
            {
                "first" => TokenLocation.First,
                "middle" => TokenLocation.Middle,
                "last" => TokenLocation.Last,
                "bilateral" => TokenLocation.Bilateral,
                "uniform" => TokenLocation.Uniform,
                _ => throw config.Wrong("cls_location", "first, middle, last, bilateral or uniform"),
            },
            PostBlocksNorm = config.Flag("add_post_blocks_norm", true),
            HeadNorm = config.Flag("add_pre_head_norm", true),
            HeadNormEps = config.Number("eps", 1e-6),
        });
        return new Subject(() => [("y", model.forward(image))]) { Module = model };
    }

    /// <summary>Class tokens are pooled wherever there are any, as the authors do.</summary>
    private static TokenHead Pooling(GoldenConfig config) => config.Has("cls_tokens")
        ? config.Text("cls_aggregate", "flatten") switch
        {
            "flatten" => TokenHead.ClassTokens,
            "mean" => TokenHead.ClassTokensMean,
            _ => throw config.Wrong("cls_aggregate", "flatten or mean"),
        }
        : config.Text("pooling", null) switch
        {
            null => TokenHead.None,
            "to_image" => TokenHead.ToImage,
            "first_token" => TokenHead.First,
            "last_token" => TokenHead.Last,
            "middle_tokens" => TokenHead.Middle,
            "mean_patch" => TokenHead.Mean,
            "bilateral" => config.Text("aggregate", "flatten") switch
            {
                "flatten" => TokenHead.BilateralFlatten,
                "mean" => TokenHead.BilateralAverage,
                _ => throw config.Wrong("aggregate", "flatten or mean"),
            },
            _ => throw config.Wrong("pooling", "first_token, last_token, middle_tokens, mean_patch, bilateral, to_image or null"),
        };
}
