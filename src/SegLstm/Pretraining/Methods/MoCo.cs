using SegLstm.Models;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>MoCo v2: a query is contrasted with its key and with a queue of earlier keys, which a slow copy of the encoder
/// makes.</summary>
/// <remarks>
/// <para>As GLCNet's code has it: the key encoder moves in front of each forward pass, keys enter the queue once the logits are
/// formed, <c>proj</c> and <c>proj1</c> have no batch norm, batches are not shuffled for batch norms. First views are the
/// queries. Unlike there, the queue's length need be no multiple of the batch.</para>
/// <para>Names <c>encoder_q, encoder_k, proj, proj1, queue (channels, K), queue_ptr</c>: the queue's keys are columns.
/// Source: MoCo (arXiv 1911.05722, 2003.04297); GeoX-Lab/G-RSIM, <c>models/v3p_mocov2_encoder_true.py</c>.</para>
/// </remarks>
public sealed class MoCo : PretrainingMethod
{
    private readonly nn.Module<Tensor, Tensor> encoder_q;
    private readonly nn.Module<Tensor, Tensor> encoder_k;
    private readonly Sequential proj;
    private readonly Sequential proj1;
    private readonly Tensor queue;
    private readonly Tensor queue_ptr;
    private readonly MoCoOptions options;
    private readonly InfoNceLoss contrast;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">Makes what is pre-trained; called twice.</param>
    /// <param name="options">Queue and momentum.</param>
    /// <exception cref="ArgumentException">The options cannot be used; all faults are named.</exception>
    public MoCo(Func<Trunk> trunk, MoCoOptions options) : this(trunk(), trunk(), options)
    {
    }

    private MoCo(Trunk query, Trunk key, MoCoOptions options)
        : this(new PooledEncoder(query), new PooledEncoder(key), query.Channels, options)
    {
    }

    /// <summary>Makes the method around any two encoders of images to <c>(B, width)</c>.</summary>
    internal MoCo(nn.Module<Tensor, Tensor> query, nn.Module<Tensor, Tensor> key, int width, MoCoOptions options)
        : base(nameof(MoCo))
    {
        Problems.ThrowIfAny(nameof(MoCo), [.. options.Validate()]);
        (encoder_q, encoder_k, this.options) = (query, key, options);
        contrast = new InfoNceLoss(options.Temperature);
        proj = ProjectionHead.Plain(width, width, options.Channels);
        proj1 = ProjectionHead.Plain(width, width, options.Channels);
        MomentumCopy.Begin(encoder_k, encoder_q);
        MomentumCopy.Begin(proj1, proj);
        queue = nn.functional.normalize(randn([options.Channels, options.QueueLength]), dim: 0);
        queue_ptr = zeros([1], ScalarType.Int64);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override string EncoderPrefix => $"{nameof(encoder_q)}.";

    /// <summary>Two views to the loss. The key encoder moves, and the batch's keys enter the queue.</summary>
    /// <exception cref="ArgumentException">The batch is larger than the queue.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        return new PretrainingLoss(InfoNceLoss.Of(Logits(batch.First, batch.Second)).MoveToOuterDisposeScope());
    }

    /// <summary>Queries and keys to logits <c>(B, 1 + K)</c>, of which the first is right.</summary>
    internal Tensor Logits(Tensor queries, Tensor keys)
    {
        if (queries.shape[0] > options.QueueLength)
        {
            throw new ArgumentException(
                $"The queue has {options.QueueLength} places, fewer than the batch's {queries.shape[0]} images: make it longer, "
                + "or the batch smaller.", nameof(queries));
        }

        using var scope = NewDisposeScope();
        var (query, key) = (proj.call(encoder_q.call(queries)), Keys(keys));
        // A copy: the queue changes before the gradient is asked for.
        var logits = contrast.Logits(query, key, queue.clone());
        Enqueue(key);
        return logits.MoveToOuterDisposeScope();
    }

    private Tensor Keys(Tensor images)
    {
        using var frozen = no_grad();
        MomentumCopy.Move(encoder_k, encoder_q, options.Momentum);
        MomentumCopy.Move(proj1, proj, options.Momentum);
        return nn.functional.normalize(proj1.call(encoder_k.call(images)), dim: 1);
    }

    private void Enqueue(Tensor keys)
    {
        using var frozen = no_grad();
        var (begin, count) = (queue_ptr.item<long>(), keys.shape[0]);
        var places = arange(begin, begin + count, device: queue.device).remainder(options.QueueLength);
        queue.index_copy_(1, places, keys.t());
        queue_ptr.fill_((begin + count) % options.QueueLength);
    }
}
