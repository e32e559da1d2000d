using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Networks;
using SegLstm.Pretraining.Regions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Parity.Systems;

/// <summary>The cases of GLCNet's self-supervised training: the method whole, its loss, its local regions, MoCo v2,
/// inpainting.</summary>
internal static class GlcNetPretraining
{
    private const int Width = 64;

    /// <summary>Both views through network, heads and losses.</summary>
    public static Subject Method(GoldenConfig config, GoldenTensors tensors)
    {
        var channels = Width / (int)config.Integer("channel_div", 16);
        var network = GlcNetSystem.Network(config, tensors, channels);
        var options = new GlcNetOptions
        {
            Variant = Variant(config),
            Temperature = config.Number("tau", 0.5),
            Lambda = config.Number("lambda_", 0.5),
            BoxCount = (int)config.Integer("patch_num"),
            BoxSize = (int)config.Integer("patch_size"),
            Channels = channels,
        };
        var batch = config.Integer("B", tensors["x1"].shape[0]);
        long[] shape = [batch, network.Backbone.Channels, .. config.Integers("hw")];
        var (first, second) = (tensors.Of("x1", shape), tensors.Of("x2", shape));
        var regions = Boxes(tensors.Of("rois", batch, options.BoxCount, 10), options.BoxSize);
        var method = new GlcNet(new Trunk(network), options);
        return new Subject(() =>
        {
            var (one, two) = (method.See(first, regions.First), method.See(second, regions.Second));
            var loss = method.Contrast(one, two);
            IEnumerable<(string Name, Tensor? Value)> outputs =
            [
                ("encoder_1", one.Encoded), ("encoder_2", two.Encoded), ("decoder_1", one.Decoded), ("decoder_2", two.Decoded),
                ("style_1", one.Style), ("style_2", two.Style), ("local_1", one.Local), ("local_2", two.Local),
                ("q", one.Global), ("k", two.Global), ("q_local", one.Matched), ("k_local", two.Matched),
                .. loss.Parts.Select(part => ($"loss_{part.Name}", (Tensor?)part.Value)), ("loss", loss.Total),
            ];
            return
            [
                .. outputs.Where(output => output.Value is not null).Select(output => (output.Name, output.Value!)),
                .. DptSystem.Statistics(method),
            ];
        })
        {
            Module = method,
            Training = config.Flag("train"),
            Optional = [.. DptSystem.Names(method)],
        };
    }

    /// <summary>The NT-Xent loss.</summary>
    public static Subject Contrast(GoldenConfig config, GoldenTensors tensors)
    {
        long[] shape = [config.Integer("B"), config.Integer("D")];
        var (first, second) = (tensors.Of("zi", shape), tensors.Of("zj", shape));
        var loss = new NtXentLoss(config.Number("tau"));
        return new Subject(() => [("loss", loss.forward(first, second))]);
    }

    /// <summary>The choice of local regions, with scripted choices in place of random ones.</summary>
    public static Subject Regions(GoldenConfig config, GoldenTensors tensors)
    {
        // How the maps were cut out of the tile; they are inputs here.
        config.Note("view1_crop", "view2_crop_rot_flip");
        var (side, count, tile) = (config.Integer("view_size"), config.Integer("patch_num"), config.Integer("source_size"));
        var (first, second) = (Ids(tensors, "label1", side, tile), Ids(tensors, "label2", side, tile));
        var choices = tensors.Of("choice_index", count);
        var selection = new RegionSelection(first, second, (int)config.Integer("patch"));
        return new Subject(() =>
        {
            var (candidates, pairs) = (new List<long[]>(), new List<RegionPair>());
            foreach (var choice in choices.data<long>().ToArray())
            {
                candidates.Add([.. selection.Candidates]);
                pairs.Add(selection.Take((int)(choice % selection.Candidates.Count)));
            }

            long[] rois = [.. pairs.SelectMany((pair, i) => Row(i, pair.First).Concat(Row(i, pair.Second)))];
            return
            [
                ("rois", tensor(rois, [count, 10])),
                ("picked_id", tensor(pairs.Select(pair => pair.Id).ToArray())),
                ("candidate_count", tensor(candidates.Select(list => (long)list.Length).ToArray())),
                ("candidates_first", tensor(candidates[0])),
                ("candidates_last", tensor(candidates[^1])),
            ];
        });
    }

    /// <summary>Steps of MoCo v2 with small encoders and without an optimizer.</summary>
    public static Subject MomentumContrast(GoldenConfig config, GoldenTensors tensors)
    {
        var (batch, width, steps) = (config.Integer("B"), (int)config.Integer("dim"), (int)config.Integer("steps"));
        var weight = tensors.Parameters.GetValueOrDefault("encoder_q.conv.weight")
            ?? throw new GoldenException("lacks param.encoder_q.conv.weight");
        SmallEncoder Encoder() => new(weight.shape[1], width, weight.shape[^1]);
        var method = new MoCo(Encoder(), Encoder(), width, new MoCoOptions
        {
            QueueLength = (int)config.Integer("K"),
            Channels = (int)config.Integer("out"),
            Momentum = config.Number("m"),
            Temperature = config.Number("T"),
        });
        Tensor View(string name) => tensors.Of(name, [batch, .. tensors[name].shape[1..]]);
        var views = Enumerable.Range(0, steps).Select(step => (Query: View($"q{step}"), Key: View($"k{step}"))).ToArray();
        string[] slow = ["encoder_k.", "proj1."];
        return new Subject(() =>
        {
            var logits = views.Select(view => method.Logits(view.Query, view.Key)).ToArray();
            return
            [
                .. logits.Select((one, step) => ($"logits{step}", one)),
                ("loss", logits.Select(InfoNceLoss.Of).Aggregate((sum, next) => sum + next)),
                .. DptSystem.Statistics(method),
                .. method.named_parameters().Where(pair => slow.Any(prefix => pair.name.StartsWith(prefix, StringComparison.Ordinal)))
                    .Select(pair => ($"after.{pair.name}", (Tensor)pair.parameter)),
            ];
        })
        { Module = method };
    }

    /// <summary>The loss of inpainting, with a convolution as network.</summary>
    public static Subject Paint(GoldenTensors tensors)
    {
        var weight = tensors.Parameters.GetValueOrDefault("weight") ?? throw new GoldenException("lacks param.weight");
        var image = tensors["image"];
        var mask = tensors.Of("mask", image.shape);
        var network = nn.Conv2d(weight.shape[1], weight.shape[0], weight.shape[^1], padding: weight.shape[^1] / 2);
        var loss = new InpaintingLoss();
        return new Subject(() =>
        {
            var painted = network.forward(image * mask);
            return [("prediction", painted), ("loss", loss.forward(painted, image, mask))];
        })
        { Module = network };
    }

    private static GlcNetVariant Variant(GoldenConfig config)
    {
        var mode = config.Text("mode", "full")!.Replace("_", "", StringComparison.Ordinal);
        return Enum.TryParse<GlcNetVariant>(mode, ignoreCase: true, out var variant) && !int.TryParse(mode, out _)
            ? variant
            : throw config.Wrong("mode", string.Join(", ", Enum.GetNames<GlcNetVariant>()));
    }

    /// <summary>Rows <c>[_, x1, y1, x2, y2, _, x1, y1, x2, y2]</c> of boxes.</summary>
    private static LocalRegions Boxes(Tensor rois, int side)
    {
        var boxes = rois.to_type(ScalarType.Int64);
        var regions = new LocalRegions(boxes.narrow(2, 1, 4), boxes.narrow(2, 6, 4));
        foreach (var edges in new[] { regions.First, regions.Second })
        {
            var sides = edges.narrow(2, 2, 2) - edges.narrow(2, 0, 2) + 1;
            if (sides.ne(side).any().item<bool>())
            {
                throw new GoldenException($"contradicts itself: by its config boxes have sides of {side}, input.rois has others");
            }
        }

        return regions;
    }

    private static Tensor Ids(GoldenTensors tensors, string name, long side, long tile)
    {
        var ids = tensors.Of(name, side, side).to_type(ScalarType.Int64);
        return ids.min().item<long>() >= 0 && ids.max().item<long>() < tile * tile
            ? ids
            : throw new GoldenException($"contradicts itself: by its config the tile has {tile * tile} pixels, input.{name} names others");
    }

    private static long[] Row(int index, Box box) => [index, box.Left, box.Top, box.Right, box.Bottom];

    /// <summary>The encoder of the MoCo cases: a convolution of stride 2 without padding, tanh, the mean.</summary>
    private sealed class SmallEncoder : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d conv;

        public SmallEncoder(long bands, long width, long kernel) : base(nameof(SmallEncoder))
        {
            conv = nn.Conv2d(bands, width, kernel, stride: 2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor image) => conv.call(image).tanh().mean([2, 3]);
    }
}
