using SegLstm.Heads;
using SegLstm.Heads.Language;
using SegLstm.Language;
using SegLstm.Models.Clip;
using SegLstm.Models.Dpt;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>LSeg: its smoothing blocks, the whole network with CLIP's text side, the zero-shot network, and its evaluation at
/// several scales.</summary>
public sealed class LSegSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "lseg";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        return config.Has("kind") ? Block(config, tensors)
            : config.Has("vit") ? Network(config, tensors)
            : config.Has("scales") ? Evaluation(config, tensors)
            : throw new GoldenException(
                "cannot be built: its config has neither 'kind' (a block), 'vit' (a network) nor 'scales' (an evaluation)");
    }

    private static Subject Block(GoldenConfig config, GoldenTensors tensors)
    {
        var kind = config.Text("kind") switch
        {
            "bottleneck" => LanguageBlock.Bottleneck,
            "depthwise" => LanguageBlock.Depthwise,
            _ => throw config.Wrong("kind", "bottleneck or depthwise"),
        };
        var block = new SpatialBlock(
            new LanguageHeadConfig { Block = kind, BlockDepth = (int)config.Integer("depth"), Activation = Activation(config) });
        var x = tensors["x"];
        return new Subject(() => [("out", block.forward(x))]) { Module = block };
    }

    private static Subject Network(GoldenConfig config, GoldenTensors tensors)
    {
        var (x, ids) = (tensors["x"], tensors["text_ids"]);
        var size = config.Integers("input_hw");
        tensors.Of("x", x.shape[0], 3, size[0], size[1]);
        var zeroShot = config.Flag("zero_shot", false);
        var labels = config.Texts("labels").Length;
        if (!zeroShot)
        {
            tensors.Of("text_ids", labels, ids.shape[1]);
        }

        // A constant, of which the case only says what it is.
        if (Math.Abs(config.Number("logit_scale") - 14.285714149475098) > 1e-9)
        {
            throw config.Wrong("logit_scale", "14.285714149475098");
        }

        var official = new Official(config, tensors.Parameters.ContainsKey("pretrained.model.norm.weight"));
        var classes = zeroShot ? tensors["class_info"] : null;
        return new Subject(() => Outputs(official, x, ids, classes))
        {
            Module = official,
            Training = config.Flag("train"),
            Optional = ["logits"],
        };
    }

    private static List<(string, Tensor)> Outputs(Official official, Tensor x, Tensor ids, Tensor? classes)
    {
        // The zero-shot files number label pairs by class: rows 2c and 2c + 1.
        var texts = official.Texts.EncodeText(ids);
        var paths = official.Scratch.Paths(official.Encoder.call(x));
        var features = official.Scratch.Features(paths[0]);
        var words = classes is null ? texts : texts.view(-1, 2, texts.shape[1]).index_select(0, classes);
        var logits = LanguageHead.Similarity(features, words);
        var smoothed = official.Scratch.Smooth(logits);
        return
        [
            ("text_features_raw", texts),
            .. paths.Select((path, level) => ($"path_{level + 1}", path)),
            ("image_features_raw", features),
            ("logits", logits),
            ("before_upsample", smoothed),
            ("out", LanguageScratch.Enlarge(smoothed)),
        ];
    }

    private static Subject Evaluation(GoldenConfig config, GoldenTensors tensors)
    {
        var (net, x) = (new StandIn(), tensors["x"]);
        var evaluation = new MultiScaleEvaluation(net)
        {
            BaseSize = (int)config.Integer("base_size"),
            CropSize = (int)config.Integer("crop_size"),
            Scales = config.Numbers("scales") ?? throw config.Wrong("scales", "a list of numbers"),
            Flip = config.Flag("flip"),
        };
        if (config.Integer("stride") != evaluation.Stride)
        {
            throw config.Wrong("stride", $"{evaluation.Stride}, two thirds of the window");
        }

        return new Subject(() => [("scores", evaluation.Scores(x))]) { Module = net };
    }

    private static LanguageActivation Activation(GoldenConfig config) => config.Text("activation") switch
    {
        "relu" => LanguageActivation.Relu,
        "lrelu" => LanguageActivation.LeakyRelu,
        "tanh" => LanguageActivation.Tanh,
        _ => throw config.Wrong("activation", "relu, lrelu or tanh"),
    };

    /// <summary>The whole network under the authors' names.</summary>
    private sealed class Official : nn.Module<Tensor, Tensor>
    {
        private readonly ClipModel clip_pretrained;
        private readonly DptEncoder pretrained;
        private readonly LanguageScratch scratch;

        public Official(GoldenConfig config, bool finalNorm) : base(nameof(Official))
        {
            var (vit, clip) = (config.Part("vit"), config.Part("clip"));
            var outC = (int)config.Integer("out_c");
            pretrained = new DptEncoder(new DptConfig
            {
                Dim = (int)vit.Integer("d"),
                Heads = (int)vit.Integer("heads"),
                Depth = (int)vit.Integer("depth"),
                Hooks = [.. vit.Integers("hooks").Select(hook => (int)hook)],
                Reassembled = [.. vit.Integers("feats").Select(count => (int)count)],
                GridSide = (int)vit.Integer("grid"),
                FinalNorm = finalNorm,
            });
            clip_pretrained = new ClipModel(new ClipTextConfig
            {
                Width = (int)clip.Integer("width"),
                Heads = (int)clip.Integer("heads"),
                Layers = (int)clip.Integer("layers"),
                ContextLength = (int)clip.Integer("ctx"),
                Vocabulary = (int)clip.Integer("vocab"),
                EmbedDim = outC,
            });
            vit.Finish();
            clip.Finish();
            scratch = new LanguageScratch(pretrained.Channels, outC, new LanguageHeadConfig
            {
                Features = (int)config.Integer("features"),
                Block = config.Integer("arch_option") switch
                {
                    0 => LanguageBlock.None,
                    1 => LanguageBlock.Bottleneck,
                    2 => LanguageBlock.Depthwise,
                    _ => throw config.Wrong("arch_option", "0, 1 or 2"),
                },
                BlockDepth = (int)config.Integer("block_depth"),
                Activation = Activation(config),
            });
            RegisterComponents();
        }

        public ClipModel Texts => clip_pretrained;

        public DptEncoder Encoder => pretrained;

        public LanguageScratch Scratch => scratch;

        public override Tensor forward(Tensor input) => throw new NotSupportedException("Its parts are called one by one.");
    }

    /// <summary>What the evaluation's case has in place of a network.</summary>
    private sealed class StandIn : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv;

        public StandIn() : base(nameof(StandIn))
        {
            conv = nn.Conv2d(3, 3, 3, padding: 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => conv.call(input).tanh();
    }
}
