using SegLstm.Heads;
using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Dpt;

/// <summary>DPT's encoder as backbone: a vision transformer whose tokens, the class token's share in them, become a pyramid of
/// strides 4, 8, 16, 32.</summary>
/// <remarks>
/// <para>Names <c>model.*</c> and <c>act_postprocess{1..4}.{0.project.0,3,4}</c>, under <c>pretrained</c> in the authors'
/// checkpoints. With <see cref="DPTHead"/> (without patch size) it is DPT; LSeg puts its language head in that place.</para>
/// <para>Source: DPT (arXiv 2103.13413); LSeg (arXiv 2201.03546); isl-org/lang-seg, <c>lseg_vit.py</c>. Deviation: grids with an
/// odd side work, too (<see cref="Heads.Dpt.DptScratch"/>).</para>
/// <code>
/// var backbone = new DptEncoder(DptConfig.VitLarge16);
/// var model = new Segmenter(backbone, new DPTHead(backbone.Channels, classes: 150));
/// </code>
/// </remarks>
public sealed class DptEncoder : Backbone
{
    private readonly DptVisionTransformer model;
    private readonly Reassemble act_postprocess1;
    private readonly Reassemble act_postprocess2;
    private readonly Reassemble act_postprocess3;
    private readonly Reassemble act_postprocess4;

    /// <summary>Makes the encoder.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public DptEncoder(DptConfig config) : base(nameof(DptEncoder), Reassembly.Strides, [.. config.Reassembled])
    {
        Problems.ThrowIfAny(nameof(DptEncoder), config.Validate());

        Config = config;
        model = new DptVisionTransformer(config);
        Reassemble Level(int k) => new(config.Dim, config.Reassembled[k], config.PatchSize, Strides[k], config.Readout);
        (act_postprocess1, act_postprocess2, act_postprocess3, act_postprocess4) = (Level(0), Level(1), Level(2), Level(3));
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public DptConfig Config { get; }

    /// <inheritdoc/>
    public override int SizeMultiple => Config.PatchSize;

    /// <summary>The transformer.</summary>
    internal DptVisionTransformer Transformer => model;

    private Reassemble[] Levels => [act_postprocess1, act_postprocess2, act_postprocess3, act_postprocess4];

    /// <summary><c>(N, bands, h, w)</c> to four maps <c>(N, Channels[k], h/Strides[k], w/Strides[k])</c>.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        model.ActivationCheckpointing = ActivationCheckpointing;
        var maps = Reassemble(model.call(image), model.GridOf(image.shape[2], image.shape[3]));
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Tokens behind every block to the four maps.</summary>
    internal Tensor[] Reassemble(Tensor[] tokens, TokenGrid grid) =>
        [.. Levels.Zip(Config.Hooks, (level, block) => level.call(tokens[block], grid))];

    /// <summary>Makes a checkpoint fit: positions of another grid are resized, what DPT does not read (classifier, final norm) is
    /// dropped.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint)
    {
        const string Positions = "model.pos_embed";
        var fitted = checkpoint.Where(entry => !IsUnread(entry.Key)).ToDictionary();
        if (fitted.TryGetValue(Positions, out var positions) && positions.dim() == 3
            && positions.shape[1] != 1 + (Config.GridSide * Config.GridSide))
        {
            fitted[Positions] = DptVisionTransformer.Resize(positions, new TokenGrid(Config.GridSide, Config.GridSide));
        }

        return fitted;
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => model.MultiplyAdds(height, width)
        + Levels.Sum(level => level.MultiplyAdds(model.GridOf(height, width).Tokens));

    private bool IsUnread(string name) => name.StartsWith("model.head.", StringComparison.Ordinal)
        || (!Config.FinalNorm && name.StartsWith("model.norm.", StringComparison.Ordinal));
}
