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
    private readonly int _batchSize = batchSize ?? Math.Clamp(128 * 128 / Math.Max(1, window * window), 1, 64);

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
    /// Gives the normalised pixels `(C, h, w)` of the rectangle (x, y, w, h), which lies inside the image.
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
        SlidingWindows windows = Windows(width, height);
        model.eval();
        using var inference = inference_mode();
        using var scope = NewDisposeScope();
        int bufferRows = Math.Min(window, height);
        Tensor profile = tensor(windows.Weights.ToArray());
        Tensor weights = profile.unsqueeze(1) * profile.unsqueeze(0);
        Tensor sums = zeros(classes, bufferRows, width);
        Tensor totals = zeros(bufferRows, width);
        long done = 0;
        for (int row = 0; row < windows.Rows.Count; row++)
        {
            int top = windows.Rows[row];
            foreach (int[] lefts in windows.Columns.Chunk(_batchSize))
            {
                stop.ThrowIfCancellationRequested();
                using var batchScope = NewDisposeScope();
                AddBatch(lefts, top, windows, read, weights, sums, totals);
                progress?.Invoke(done += lefts.Length);
            }

            int final = windows.FinalRowsAfter(row) - top;
            using var stripScope = NewDisposeScope();
            write(top, sums.narrow(1, 0, final) / totals.narrow(0, 0, final));
            Shift(sums, 1, final);
            Shift(totals, 0, final);
        }
    }

    private void AddBatch(
        int[] lefts, int top, SlidingWindows windows, Func<int, int, int, int, Tensor> read, Tensor weights, Tensor sums,
        Tensor totals)
    {
        int w = Math.Min(window, windows.Width), h = Math.Min(window, windows.Height);
        Tensor input = stack(lefts.Select(left => Padded(read(left, top, w, h))));
        Device device = model.parameters().FirstOrDefault()?.device ?? CPU;
        Tensor probabilities = model.call(input.to(device)).softmax(1).cpu();
        long[] expected = [lefts.Length, classes, window, window];
        if (!probabilities.shape.SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"The model gave logits ({string.Join(", ", probabilities.shape)}): expected ({string.Join(", ", expected)}), "
                    + $"as large as its input.");
        }

        Tensor weight = weights.narrow(0, 0, h).narrow(1, 0, w);
        for (int i = 0; i < lefts.Length; i++)
        {
            Tensor part = probabilities[i].narrow(1, 0, h).narrow(2, 0, w) * weight;
            sums.narrow(1, 0, h).narrow(2, lefts[i], w).add_(part);
            totals.narrow(0, 0, h).narrow(1, lefts[i], w).add_(weight);
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

    // Drops the first rows, moves the others up and clears what they leave.
    private static void Shift(Tensor buffer, int dimension, int rows)
    {
        long kept = buffer.shape[dimension] - rows;
        if (kept > 0) buffer.narrow(dimension, 0, kept).copy_(buffer.narrow(dimension, rows, kept).clone());
        buffer.narrow(dimension, Math.Max(0, kept), buffer.shape[dimension] - Math.Max(0, kept)).zero_();
    }
}
