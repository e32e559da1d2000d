using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>DPT's decoder: four maps of any backbone, made a pyramid where they are none, fused from coarse to fine.</summary>
/// <remarks>
/// <para>Four maps of one stride (ViL, Seg-LSTM, Vim, ViT without class token) are reassembled to strides 4, 8, 16 and 32; a
/// ready pyramid (ResNet, Swin, VMamba, a ViT that reassembled its own tokens) goes straight into the fusion. The scores are at
/// half the finest stride: 2.</para>
/// <para>It ends as DPT's segmentation model does: 3×3 convolution, batch norm, ReLU (<c>project</c>), dropout, 1×1 convolution
/// (<c>conv_seg</c>); in mmsegmentation's form, which drops channels and leaves the last resize to the segmenter. Names
/// <c>pretrained.act_postprocess{1..4}.{3,4}, scratch.*, project, conv_seg</c>.</para>
/// <para>Source: DPT (arXiv 2103.13413); isl-org/DPT, <c>DPTSegmentationModel</c>; isl-org/lang-seg, <c>lseg_blocks.py</c>;
/// mmsegmentation, <c>DPTHead</c>.</para>
/// <code>
/// var tokens = new DPTHead([384, 384, 384, 384], classes: 7, patchSize: 16);         // for Seg-LSTM
/// var pyramid = new DPTHead([256, 512, 1024, 2048], classes: 7);                     // for a ResNet
/// </code>
/// </remarks>
public sealed class DPTHead : Head
{
    private const string Unused = "scratch.refinenet4.resConfUnit1.";

    // isl-org/DPT's last layers, by their numbers in a Sequential.
    private static readonly (string Official, string Own)[] Renamed =
    [
        ("scratch.output_conv.0.", "project.conv."),
        ("scratch.output_conv.1.", "project.bn."),
        ("scratch.output_conv.4.", "conv_seg."),
    ];

    private readonly Reassembly? pretrained;
    private readonly DptScratch scratch;
    private readonly ConvNormAct project;
    private readonly int? patchSize;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of four maps, from fine to coarse.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="channels">Channels of all maps in the fusion; 256 is published.</param>
    /// <param name="patchSize">The one stride of all four maps, to reassemble them; null: they are a pyramid already.</param>
    /// <param name="reassembled">Channels of the reassembled maps; null: an eighth, a quarter, a half and all of the channels in
    /// (DPT's 96, 192, 384, 768 for width 768).</param>
    /// <param name="inputs">Which maps, by index; null: the first four.</param>
    /// <param name="batchNorm">Normalise in the fusion blocks, as DPT and LSeg do for segmentation.</param>
    /// <param name="dropout">Channel dropout in front of the classifier.</param>
    /// <exception cref="ArgumentException">There are not four maps, or the stride cannot become 4, 8, 16 and 32.</exception>
    public DPTHead(
        int[] inChannels, int classes, int channels = 256, int? patchSize = null, int[]? reassembled = null, int[]? inputs = null,
        bool batchNorm = true, double dropout = 0.1)
        : base(nameof(DPTHead), inputs ?? [0, 1, 2, 3], Four(inChannels), channels, classes, dropout)
    {
        Four(reassembled ?? inChannels);
        int[] pyramid = patchSize is null ? inChannels
            : reassembled ?? [.. inChannels.Select((count, level) => Math.Max(count >> (3 - level), 1))];
        pretrained = patchSize is { } patch ? new Reassembly(inChannels, pyramid, patch) : null;
        scratch = new DptScratch(pyramid, channels, batchNorm);
        project = new ConvNormAct(channels, channels, 3);
        this.patchSize = patchSize;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override string? ProblemWith(IReadOnlyList<int> strides) =>
        patchSize is not { } patch || strides.All(stride => stride == patch) ? null
        : strides.Distinct().Count() == 1
            ? $"This DPTHead reassembles maps at stride {patch}, not {strides[0]}: make it with patchSize: {strides[0]}."
            : $"This DPTHead reassembles maps at stride {patch}, but [{string.Join(", ", strides)}] is a pyramid already: " +
                "make it without patchSize.";

    /// <summary>Maps to scores <c>(N, classes, 2·h, 2·w)</c> for a finest map <c>(N, C, h, w)</c> of the pyramid.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var selected = Select(maps);
        var path = scratch.call(pretrained is null ? selected : pretrained.call(selected));
        return Classify(project.call(path)).MoveToOuterDisposeScope();
    }

    /// <summary>Makes a checkpoint fit: the authors' unused <c>refinenet4.resConfUnit1</c> is dropped, and the last layers of
    /// isl-org/DPT (<c>scratch.output_conv.{0,1,4}</c>) get their names here.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) =>
        checkpoint.Where(entry => !entry.Key.StartsWith(Unused, StringComparison.Ordinal))
            .ToDictionary(entry => Rename(entry.Key), entry => entry.Value);

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        long[] selected = [.. Inputs.Select(input => pixels[input])];
        var pyramid = pretrained?.Pixels(selected) ?? selected;
        return (pretrained?.MultiplyAdds(selected) ?? 0) + scratch.MultiplyAdds(pyramid)
            + project.MultiplyAdds(4 * pyramid[0]) + ClassifierMultiplyAdds(4 * pyramid[0]);
    }

    private static int[] Four(int[] channels) => channels.Length == 4
        ? channels
        : throw new ArgumentException(
            $"DPTHead reads four maps, got channels [{string.Join(", ", channels)}]: name four, or choose UPerNet.");

    private static string Rename(string name)
    {
        var (official, own) = Renamed.FirstOrDefault(pair => name.StartsWith(pair.Official, StringComparison.Ordinal));
        return official is null ? name : own + name[official.Length..];
    }
}
