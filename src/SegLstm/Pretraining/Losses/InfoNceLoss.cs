using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>MoCo's loss: of its own key and the keys of a queue, a query shall be most like its own.</summary>
/// <remarks>Queries and keys are taken at length 1. Source: MoCo (arXiv 1911.05722, eq. 1).</remarks>
public sealed class InfoNceLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly double temperature;

    /// <summary>Makes the loss.</summary>
    /// <param name="temperature">What similarities are divided by; 0.07 is published.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive.</exception>
    public InfoNceLoss(double temperature = 0.07) : base(nameof(InfoNceLoss)) => this.temperature = Vectors.Positive(temperature);

    /// <summary>Queries and keys <c>(B, D)</c> and a queue <c>(D, K)</c> to a scalar.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public override Tensor forward(Tensor query, Tensor key, Tensor queue)
    {
        using var scope = NewDisposeScope();
        return Of(Logits(query, key, queue)).MoveToOuterDisposeScope();
    }

    /// <summary>The similarities over the temperature, <c>(B, 1 + K)</c>: to its own key, then to the queue's.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor Logits(Tensor query, Tensor key, Tensor queue)
    {
        Vectors.RequirePairs(query, key);
        if (queue.dim() != 2 || queue.shape[0] != query.shape[1])
        {
            throw new ArgumentException(
                $"Expected a queue ({query.shape[1]}, K) for vectors of {query.shape[1]}, got "
                + $"({string.Join(", ", queue.shape)}).",
                nameof(queue));
        }

        using var scope = NewDisposeScope();
        var (q, k) = (nn.functional.normalize(query, dim: 1), nn.functional.normalize(key, dim: 1));
        return (cat([(q * k).sum(1, keepdim: true), q.matmul(queue)], 1) / temperature).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of <see cref="Logits"/>: cross entropy with the first as the right answer.</summary>
    public static Tensor Of(Tensor logits)
    {
        using var first = zeros([logits.shape[0]], ScalarType.Int64, logits.device);
        return nn.functional.cross_entropy(logits, first);
    }
}
