using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>VMamba as segmentation backbone: every stage's map before it is halved, through a norm of its own.</summary>
/// <remarks>
/// <para>Names <c>patch_embed, layers, outnorm0 .. outnorm3</c>. A classifier's checkpoint loads, too: its head is dropped, the
/// backbone's own norms stay. Source: MzeroMiko/VMamba, <c>Backbone_VSSM</c>.</para>
/// <code>
/// var backbone = new VMambaBackbone(VMambaConfig.TinyS1L8);
/// Tensor[] maps = backbone.forward(torch.randn(1, 3, 512, 512));        // (1, 96, 128, 128) .. (1, 768, 16, 16)
/// </code>
/// </remarks>
public sealed class VMambaBackbone : Backbone
{
    private readonly PatchStem patch_embed;
    private readonly ModuleList<VSSStage> layers;
    private readonly GridNorm[] norms;

    /// <summary>Makes the backbone; the configuration's classes are not used.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VMambaBackbone(VMambaConfig config)
        : base(nameof(VMambaBackbone), StridesOf(config.Checked(nameof(VMambaBackbone))), [.. config.Dims])
    {
        Config = config;
        patch_embed = new PatchStem(config);
        layers = VSSStage.All(config);
        norms = [.. config.Dims.Select(dim => new GridNorm(dim, config.ChannelsFirst, outFirst: true))];
        RegisterComponents();
        foreach (var (stage, norm) in norms.Index())
        {
            register_module($"outnorm{stage}", norm);
        }

        VMambaInit.Apply(this);
    }

    /// <summary>The configuration it was made with.</summary>
    public VMambaConfig Config { get; }

    /// <summary>The stride of the last map: then no map has odd sides. The second release takes any size, its maps round
    /// up.</summary>
    public override int SizeMultiple => Strides[^1];

    /// <summary><c>(N, bands, h, w)</c> to one map <c>(N, Dims[s], h / Strides[s], w / Strides[s])</c> a stage.</summary>
    /// <exception cref="ArgumentException">The image has other bands, is too small, or has sides that make odd maps where patches
    /// are merged.</exception>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = patch_embed.call(image);
        var maps = new List<Tensor>(norms.Length);
        foreach (var (stage, norm) in layers.Zip(norms))
        {
            x = stage.Refine(x, ActivationCheckpointing);
            maps.Add(norm.call(x).MoveToOuterDisposeScope());
            x = stage.Next(x);
        }

        return [.. maps];
    }

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        VMambaCheckpoint.FitBackbone(checkpoint, state_dict());

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => VMambaComplexity.Backbone(Config, height, width);

    private static int[] StridesOf(VMambaConfig config) =>
        [.. Enumerable.Range(0, config.Dims.Count).Select(stage => (int)config.StemStride << stage)];
}
