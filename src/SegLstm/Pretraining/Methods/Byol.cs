using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>BYOL: what a network makes of a view predicts what a slow copy of it makes of the other view; no negatives.</summary>
/// <remarks>
/// <para>The loss is that of first to second view and that of second to first, added: 0 to 8. Behind step k of K the copy moves
/// with momentum <c>1 - (1 - m)(cos(πk/K) + 1)/2</c>, from m to 1. Names <c>online_encoder, online_projector, predictor,
/// target_encoder, target_projector</c>.</para>
/// <para>It is in no code of GLCNet's authors; this is BYOL's paper (arXiv 2006.07733), with the mean of the coarse map as
/// representation. Its recipe is for batches of thousands and LARS.</para>
/// </remarks>
public sealed class Byol : PretrainingMethod
{
    private readonly PooledEncoder online_encoder;
    private readonly PooledEncoder target_encoder;
    private readonly Sequential online_projector;
    private readonly Sequential target_projector;
    private readonly Sequential predictor;
    private readonly double momentum;
    private readonly ByolLoss error = new();

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">Makes what is pre-trained; called twice.</param>
    /// <param name="momentum">What the slow copy keeps of itself at the first step, 0 to 1.</param>
    /// <param name="hidden">Width inside projector and predictor.</param>
    /// <param name="channels">Length of the vectors that are compared.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is not from 0 to 1.</exception>
    public Byol(Func<Trunk> trunk, double momentum = 0.996, int hidden = 4096, int channels = 256) : base(nameof(Byol))
    {
        this.momentum = momentum is >= 0 and <= 1
            ? momentum
            : throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Expected a momentum from 0 to 1.");
        var (online, target) = (trunk(), trunk());
        (online_encoder, target_encoder) = (new PooledEncoder(online), new PooledEncoder(target));
        online_projector = ProjectionHead.Normalised(online.Channels, hidden, channels);
        target_projector = ProjectionHead.Normalised(online.Channels, hidden, channels);
        predictor = ProjectionHead.Normalised(channels, hidden, channels);
        MomentumCopy.Begin(target_encoder, online_encoder);
        MomentumCopy.Begin(target_projector, online_projector);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override string EncoderPrefix => $"{nameof(online_encoder)}.";

    /// <summary>Two views to the loss.</summary>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        var loss = error.call(Predict(batch.First), Target(batch.Second))
            + error.call(Predict(batch.Second), Target(batch.First));
        return new PretrainingLoss(loss.MoveToOuterDisposeScope());
    }

    /// <summary>Moves the slow copy.</summary>
    public override void Stepped(int step, int steps)
    {
        var now = 1 - ((1 - momentum) * (Math.Cos(Math.PI * step / steps) + 1) / 2);
        MomentumCopy.Move(target_encoder, online_encoder, now);
        MomentumCopy.Move(target_projector, online_projector, now);
    }

    private Tensor Predict(Tensor view) => predictor.call(online_projector.call(online_encoder.call(view)));

    private Tensor Target(Tensor view)
    {
        using var frozen = no_grad();
        return target_projector.call(target_encoder.call(view));
    }
}
