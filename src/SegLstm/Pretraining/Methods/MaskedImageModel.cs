using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>Masked images: most of an image is hidden, and the network completes it. This is <b>SimMIM, not MAE</b>.</summary>
/// <remarks>
/// <para>As in SimMIM the encoder sees the whole grid, with the hidden squares of 32 pixels replaced by something learned; a
/// single layer on the last map gives pixels, and the loss is the mean absolute error over hidden pixels. MAE leaves hidden
/// tokens out of the encoder and adds a decoder of its own; that is not done here, since the convolutions and the scans along
/// rows of Vision-LSTM need the whole grid. <see cref="PixelError.Squared"/> gives MAE's error.</para>
/// <para>What is learned is a square of pixels, <c>mask_patch (bands, side, side)</c>, in place of SimMIM's token behind the
/// patch embedding. That embedding is linear: where patches do not overlap and squares are whole patches the two are the same,
/// each patch of a square with a token of its own. So it works with every backbone, ResNets too. First views are
/// completed, second ones not used.</para>
/// <para>Names <c>backbone, encoder, head, mask_patch</c>. Source: SimMIM (arXiv 2111.09886).</para>
/// </remarks>
public sealed class MaskedImageModel : PretrainingMethod
{
    /// <summary>Side of a square in pixels, for views of 224.</summary>
    public const int PublishedSide = 32;

    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly PixelHead head;
    private readonly Parameter mask_patch;
    private readonly Trunk trunk;
    private readonly MaskedPixelLoss error;
    private readonly int side;
    private readonly double share;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="side">Side of a hidden square in pixels; views must be multiples of it.</param>
    /// <param name="share">Share of the image that is hidden, between 0 and 1.</param>
    /// <param name="error">How a pixel's error is measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is not positive, or the share not between 0 and 1.</exception>
    public MaskedImageModel(Trunk trunk, int side = PublishedSide, double share = 0.6, PixelError error = PixelError.Absolute)
        : base(nameof(MaskedImageModel))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        this.share = share is > 0 and < 1
            ? share
            : throw new ArgumentOutOfRangeException(nameof(share), share, "Expected a share between 0 and 1.");
        (this.trunk, this.side, backbone, encoder) = (trunk, side, trunk.Backbone, trunk.Encoder);
        this.error = new MaskedPixelLoss(error);
        head = new PixelHead(trunk.Channels, trunk.Stride, trunk.Bands);
        mask_patch = nn.Parameter(zeros([trunk.Bands, side, side]));
        nn.init.trunc_normal_(mask_patch, std: 0.02);
        RegisterComponents();
    }

    /// <summary>First views to the loss.</summary>
    /// <exception cref="ArgumentException">Their sides are no multiples of the squares'.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        var image = batch.First;
        var mask = SquareMasks.OfGrid(image, side, share, new SeedStreams(batch.Seed));
        var learned = mask_patch.repeat(1, image.shape[2] / side, image.shape[3] / side);
        var seen = (image * (1 - mask)) + (learned * mask);
        var completed = head.call(trunk.Encode(seen).Coarse, image.shape[2], image.shape[3]);
        return new PretrainingLoss(error.call(completed, image, mask).MoveToOuterDisposeScope());
    }
}
