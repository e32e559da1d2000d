using SegLstm.Layers;
using SegLstm.Models.Mamba;
using SegLstm.Models.Samba;
using TorchSharp;

namespace SegLstm.Parity.Systems;

/// <summary>Samba: stem, blocks and whole encoders.</summary>
public sealed class SambaSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "samba";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed");
        return config.Text("cls") switch
        {
            "Stem" => Stem(config, tensors),
            "Block_mamba" => Block(config, tensors),
            "Samba" => Encoder(config, tensors),
            _ => throw config.Wrong("cls", "Stem, Block_mamba or Samba"),
        };
    }

    private static Subject Stem(GoldenConfig config, GoldenTensors tensors)
    {
        var x = tensors["x"];
        var stem = new SambaStem(
            config.Integer("in_channels", x.shape[1]), config.Integer("stem_hidden_dim"), config.Integer("out_channels"));
        var training = config.Flag("train", false);
        return new Subject(() => [("y", stem.forward(x).flatten(1, 2))]) { Module = stem, Training = training };
    }

    private static Subject Block(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("drop_path", "sr_ratio");
        var (dim, grid) = (config.Integer("dim"), new TokenGrid(config.Integer("H"), config.Integer("W")));
        var x = tensors.Of("x", config.Integer("B", tensors["x"].shape[0]), grid.Tokens, dim);
        var block = new SambaBlock(
            new MambaConfig { Dim = dim, StateSize = config.Integer("d_state", new SambaConfig().StateSize) },
            (long)(dim * config.Number("mlp_ratio")));
        return new Subject(() => [("y", block.forward(x, grid))]) { Module = block };
    }

    private static Subject Encoder(GoldenConfig config, GoldenTensors tensors)
    {
        // Its class takes a number of classes and attention ratios, and uses neither.
        config.Note("num_classes", "sr_ratios", "drop_path_rate");
        var defaults = new SambaConfig();
        int[] Sizes(string key, int[] otherwise) =>
            config.Has(key) ? [.. config.Integers(key).Select(size => (int)size)] : otherwise;
        var x = tensors.Of("x", config.Integers("x", tensors["x"].shape));
        var encoder = new SambaBackbone(defaults with
        {
            Channels = config.Integer("in_chans", defaults.Channels),
            StemDim = config.Integer("stem_hidden_dim", defaults.StemDim),
            Dims = Sizes("embed_dims", defaults.Dims),
            Depths = Sizes("depths", defaults.Depths),
            MlpRatios = config.Numbers("mlp_ratios") ?? defaults.MlpRatios,
            StateSize = config.Integer("d_state", defaults.StateSize),
        });
        if (config.Integer("num_stages", encoder.Channels.Length) != encoder.Channels.Length)
        {
            throw config.Wrong("num_stages", $"{encoder.Channels.Length}, as embed_dims has");
        }

        // Mixing is for training only, which no case is in: what it draws cannot be compared.
        config.Note("token_label");
        config.Off("train");
        return new Subject(() => encoder.forward(x).Select((map, stage) => ($"out{stage}", map))) { Module = encoder };
    }
}
