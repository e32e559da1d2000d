using System.Diagnostics;
using SegLstm.Training.Mapping;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Maps images of any size: overlapping windows, class probabilities blended with smooth weights so that no seam shows,
/// finished rows handed out as soon as no later window touches them. Memory grows with the image's width, not its height.
/// </summary>
/// <param name="model">Normalised images `(N, C, s, s)` to logits `(N, classes, s, s)`; put into evaluation mode.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="window">Side s of a window in pixels.</param>
/// <param name="overlap">Pixels that neighbouring windows share.</param>
/// <param name="batchSize">Windows predicted at once; null takes as many as fill about 128 x 128 pixels.</param>
public sealed class Predictor(nn.Module<Tensor, Tensor> model, int classes, int window, int overlap, int? batchSize = null)
{
    /// <summary>Windows predicted at once.</summary>
    public int BatchSize { get; } = batchSize ?? Math.Clamp(128 * 128 / Math.Max(1, window * window), 1, 64);

    /// <summary>Side of a window in pixels.</summary>
    public int Window => window;

    /// <summary>Pixels that neighbouring windows share.</summary>
    public int Overlap => overlap;

    /// <summary>Lays the windows that this predictor uses over an image.</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    public SlidingWindows Windows(int width, int height) => new(width, height, window, overlap);

    /// <summary>Predicts an image that is in memory.</summary>
    /// <param name="image">Normalised, `(C, H, W)`.</param>
    /// <returns>Class probabilities `(classes, H, W)`, float32 on the CPU.</returns>
    public Tensor Predict(Tensor image)
    {
        Tensor result = empty(classes, image.shape[1], image.shape[2]);
        Predict((int)image.shape[2], (int)image.shape[1],
            (x, y, w, h) => image.narrow(1, y, h).narrow(2, x, w),
            (top, probabilities) => result.narrow(1, top, probabilities.shape[1]).copy_(probabilities));
        return result;
    }

    /// <summary>Predicts an image piece by piece.</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="read">
    /// Gives the normalised pixels `(C, h, w)` of the rectangle (x, y, w, h), which lies inside the image. Called on another thread,
    /// ahead of the model, one call at a time.
    /// </param>
    /// <param name="write">
    /// Takes finished rows from top to bottom, without gaps: the first row's number and probabilities
    /// `(classes, rows, width)`, valid during the call.
    /// </param>
    /// <param name="progress">Is told how many windows are done.</param>
    /// <param name="stop">Ends the work between two batches of windows.</param>
    public void Predict(int width, int height, Func<int, int, int, int, Tensor> read, Action<int, Tensor> write,
        Action<long>? progress = null, CancellationToken stop = default)
    {
        Blend(width, height, read, (top, rows, blended) =>
        {
            using var scope = NewDisposeScope();
            write(top, blended.Probabilities(rows));
        }, progress, stop);
    }

    /// <summary>Predicts an image piece by piece, and leaves what is made of the blended sums to the caller.</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="read">As for <see cref="Predict(int, int, Func{int, int, int, int, Tensor}, Action{int, Tensor}, Action{long},
    /// CancellationToken)"/>.</param>
    /// <param name="finish">Takes finished rows from top to bottom: the first row's number, how many, and the sums they begin.</param>
    /// <param name="progress">Is told how many windows are done.</param>
    /// <param name="stop">Ends the work between two batches of windows.</param>
    /// <param name="part">The rows of windows, from the first on and up to the second, whose pixels are handed out, in the bits that
    /// they have when all are; null for all.</param>
    /// <returns>How long the model alone was at work.</returns>
    internal TimeSpan Blend(
        int width, int height, Func<int, int, int, int, Tensor> read, Action<int, int, BlendedRows> finish,
        Action<long>? progress, CancellationToken stop, (int First, int End)? part = null)
    {
        SlidingWindows windows = Windows(width, height);
        model.eval();
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        using var blended = new BlendedRows(windows, classes);
        (int from, int end) = part ?? (0, windows.Rows.Count);
        // Windows above that reach into these rows give their part again.
        int first = windows.FirstInto(from);
        var batches = Enumerable.Range(first, end - first).SelectMany(row => Batches(windows, row));
        long done = 0;
        Device device = model.parameters().FirstOrDefault()?.device ?? CPU;
        var clock = new Stopwatch();
        foreach ((Batch batch, Tensor input) in Ahead(batches, batch => Read(batch, windows, read)))
        {
            using var batchScope = NewDisposeScope();
            using Tensor owned = input;
            stop.ThrowIfCancellationRequested();
            clock.Start();
            Tensor logits = model.call(input.to(device));
            clock.Stop();
            blended.Add(Probabilities(logits, batch.Lefts.Length), batch.Lefts);
            progress?.Invoke(done += batch.Lefts.Length);
            if (!batch.IsLastOfRow) continue;
            blended.EndRow();
            int top = windows.Rows[batch.Row], rows = windows.FinalRowsAfter(batch.Row) - top;
            if (batch.Row >= from) finish(top, rows, blended);
            blended.Drop(rows);
        }

        return clock.Elapsed;
    }

    private IEnumerable<Batch> Batches(SlidingWindows windows, int row)
    {
        int left = 0;
        foreach (int[] lefts in windows.Columns.Chunk(BatchSize))
        {
            yield return new Batch(row, lefts, (left += lefts.Length) == windows.Columns.Count);
        }
    }

    private Tensor Read(Batch batch, SlidingWindows windows, Func<int, int, int, int, Tensor> read)
    {
        int w = Math.Min(window, windows.Width), h = Math.Min(window, windows.Height), top = windows.Rows[batch.Row];
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        return stack(batch.Lefts.Select(left => Padded(read(left, top, w, h)))).DetachFromDisposeScope();
    }

    private Tensor Probabilities(Tensor logits, int count)
    {
        long[] expected = [count, classes, window, window];
        return logits.shape.SequenceEqual(expected) ? logits.softmax(1).cpu() : throw new InvalidOperationException(
            $"The model gave logits ({string.Join(", ", logits.shape)}): expected ({string.Join(", ", expected)}), "
                + "as large as its input.");
    }

    // Makes the next item on another thread while this one is used. Whoever stops early waits for it: what it reads may be closed then.
    private static IEnumerable<(TKey Key, Tensor Value)> Ahead<TKey>(IEnumerable<TKey> keys, Func<TKey, Tensor> make)
    {
        using IEnumerator<TKey> key = keys.GetEnumerator();
        Task<Tensor>? next = Start();
        try
        {
            while (next is { } ready)
            {
                TKey current = key.Current;
                next = null;
                Tensor value = ready.GetAwaiter().GetResult();
                next = Start();
                yield return (current, value);
            }
        }
        finally
        {
            if (next is not null) Task.WaitAny(next);
            if (next is { IsCompletedSuccessfully: true }) next.Result.Dispose();
        }

        Task<Tensor>? Start()
        {
            if (!key.MoveNext()) return null;
            TKey wanted = key.Current;
            return Task.Run(() => make(wanted));
        }
    }

    // An image smaller than the window is continued by its last row and column.
    private Tensor Padded(Tensor image)
    {
        long right = window - image.shape[2], bottom = window - image.shape[1];
        return right == 0 && bottom == 0
            ? image
            : nn.functional.pad(image.unsqueeze(0), [0, right, 0, bottom], PaddingModes.Replicate).squeeze(0);
    }

    private sealed record Batch(int Row, int[] Lefts, bool IsLastOfRow);
}
