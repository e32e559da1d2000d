using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>SimCLR: the two views of an image are contrasted with all others of the batch.</summary>
/// <remarks>As GLCNet's code has it: the mean of the coarse map, <c>proj</c> to 64 without batch norm, temperature 0.5, the
/// positive not in the denominator. Names <c>backbone, encoder, proj</c>. Source: SimCLR (arXiv 2002.05709); GeoX-Lab/G-RSIM,
/// <c>models/v3p_SimCLR_encoder.py</c>.</remarks>
public sealed class SimClr : PretrainingMethod
{
    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly Sequential proj;
    private readonly Trunk trunk;
    private readonly NtXentLoss contrast;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="channels">Length of the vectors that are contrasted.</param>
    /// <param name="positiveInDenominator">Whether to take SimCLR's own formula (<see cref="NtXentLoss"/>).</param>
    public SimClr(Trunk trunk, double temperature = 0.5, int channels = 64, bool positiveInDenominator = false)
        : base(nameof(SimClr))
    {
        (this.trunk, backbone, encoder) = (trunk, trunk.Backbone, trunk.Encoder);
        contrast = new NtXentLoss(temperature, positiveInDenominator);
        proj = ProjectionHead.Plain(trunk.Channels, trunk.Channels, channels);
        RegisterComponents();
    }

    /// <summary>Two views to the loss.</summary>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (proj.call(trunk.Encode(batch.First).Mean), proj.call(trunk.Encode(batch.Second).Mean));
        return new PretrainingLoss(contrast.call(first, second).MoveToOuterDisposeScope());
    }
}
