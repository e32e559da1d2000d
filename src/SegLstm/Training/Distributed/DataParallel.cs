using SegLstm.Layers;
using SegLstm.Metrics;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Distributed;

/// <summary>
/// A model that several processes train as one: each computes its part of a batch, and losses, gradients and the statistics of
/// batch norms are those of the whole batch.
/// </summary>
internal sealed class DataParallel : IDisposable
{
    private const int Piece = 64 << 20;

    private readonly nn.Module _model;
    private readonly GradientBuckets _buckets;

    /// <summary>Joins the model's batch norms, and hooks its parameters.</summary>
    /// <param name="model">The model, of the same shapes on all ranks.</param>
    /// <param name="ranks">The processes.</param>
    public DataParallel(nn.Module model, Ranks ranks)
    {
        (_model, Ranks, _buckets) = (model, ranks, new GradientBuckets(model, ranks));
        ranks.JoinNorms(model, true);
    }

    /// <summary>The processes.</summary>
    public Ranks Ranks { get; }

    /// <summary>Until it is disposed, layers draw random numbers for the whole batch and take those of this rank's rows.</summary>
    public IDisposable Draw(int size)
    {
        (int first, int count) = Ranks.Part(size);
        return BatchPart.Begin(first, count, size);
    }

    /// <summary>Adds gradients of this rank's part of a loss.</summary>
    /// <param name="loss">Scalar.</param>
    /// <param name="isLast">Whether the gradients are now summed over ranks: once an iteration.</param>
    public void Backward(Tensor loss, bool isLast)
    {
        if (!isLast)
        {
            loss.backward();
            return;
        }

        _buckets.Begin();
        loss.backward();
        _buckets.Finish();
    }

    /// <summary>Adds up the counts of all ranks.</summary>
    public ConfusionMatrix Sum(ConfusionMatrix matrix, int ignoreIndex)
    {
        long[,] counts = matrix.ToArray();
        using Tensor sum = tensor(counts.Cast<long>().ToArray());
        Ranks.Sum(sum);
        Buffer.BlockCopy(sum.data<long>().ToArray(), 0, counts, 0, counts.Length * sizeof(long));
        return ConfusionMatrix.Of(counts, ignoreIndex);
    }

    /// <summary>Gives all ranks the weights and buffers of rank 0.</summary>
    public void Align()
    {
        foreach (Tensor value in _model.state_dict().Values) Ranks.Broadcast(value);
    }

    /// <summary>Has rank 0 do something with the model by itself, while the others wait.</summary>
    public void Alone(Action work)
    {
        Ranks.JoinNorms(_model, false);
        Ranks.AfterFirst(work);
        Ranks.JoinNorms(_model, true);
    }

    /// <summary>Gives all ranks a file of rank 0.</summary>
    /// <param name="source">The file, on rank 0; null where there is none. Other ranks give null.</param>
    /// <param name="target">Where the others write it.</param>
    /// <returns>Whether there is one.</returns>
    public bool Share(string? source, string target)
    {
        double[] length = [source is not null ? new FileInfo(source).Length : Ranks.IsFirst ? -1 : 0];
        Ranks.Sum(length);
        if (length[0] < 0) return false;
        using FileStream file = Ranks.IsFirst ? File.OpenRead(source!) : File.Create(target);
        for (long left = (long)length[0]; left > 0; left -= Math.Min(left, Piece))
        {
            byte[] piece = new byte[Math.Min(left, Piece)];
            if (Ranks.IsFirst) file.ReadExactly(piece);
            using Tensor bytes = tensor(piece);
            Ranks.Broadcast(bytes);
            if (!Ranks.IsFirst) file.Write(bytes.data<byte>().ToArray());
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Ranks.JoinNorms(_model, false);
        _buckets.Dispose();
    }
}
