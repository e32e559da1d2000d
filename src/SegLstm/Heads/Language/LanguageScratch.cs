using SegLstm.Heads.Dpt;
using SegLstm.Layers;
using SegLstm.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Language;

/// <summary>LSeg's decoder: DPT's fusion, a 1×1 convolution into the space of words, the cosine with each word times a constant,
/// smoothing, twice the size.</summary>
/// <remarks>Names <c>layer{1..4}_rn, refinenet{1..4}, head1, head_block</c>, under <c>scratch</c> in the authors' checkpoints.
/// Source: isl-org/lang-seg, <c>lseg_net.py</c>.</remarks>
internal sealed class LanguageScratch : DptScratch
{
    private readonly Conv2d head1;
    private readonly SpatialBlock? head_block;
    private readonly LanguageHeadConfig config;

    /// <summary>Makes the decoder.</summary>
    /// <param name="inChannels">Channels of the four maps, from fine to coarse.</param>
    /// <param name="textWidth">C, width of the words' vectors.</param>
    /// <param name="config">Widths and blocks.</param>
    public LanguageScratch(int[] inChannels, int textWidth, LanguageHeadConfig config)
        : base(inChannels, config.Features, batchNorm: true, unusedUnit: true)
    {
        this.config = config;
        head1 = nn.Conv2d(config.Features, textWidth, 1);
        head_block = config.Block == LanguageBlock.None ? null : new SpatialBlock(config);
        // The base class has looked for its parts already.
        register_module(nameof(head1), head1);
        if (head_block is not null)
        {
            register_module(nameof(head_block), head_block);
        }
    }

    /// <summary>Fused maps <c>(N, F, h, w)</c> to a vector for each pixel, <c>(N, C, h, w)</c>, not normalised.</summary>
    public Tensor Features(Tensor path) => head1.call(path);

    /// <summary>Smooths scores <c>(N, K, h, w)</c>, where there are blocks.</summary>
    public Tensor Smooth(Tensor scores) => head_block is null ? scores : head_block.call(scores);

    /// <summary>Scores at twice the size, with aligned corners.</summary>
    public static Tensor Enlarge(Tensor scores) => Resizing.BilinearAligned(scores, 2 * scores.shape[2], 2 * scores.shape[3]);

    /// <summary>Multiply-adds behind the fusion, on a map of these pixels, for a number of labels.</summary>
    public double HeadMultiplyAdds(double pixels, int labels)
    {
        var blocks = config.Block == LanguageBlock.None ? 0
            : Math.Max(config.BlockDepth, 1) * (9.0 + (config.Block == LanguageBlock.Bottleneck ? 2 : 0)) * labels;
        var width = head1.out_channels;
        return pixels * (((config.Features + 1.0) * width) + (2.0 * width) + ((width + 1.0) * labels) + blocks + (16.0 * labels));
    }
}
