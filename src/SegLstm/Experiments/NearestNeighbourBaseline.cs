using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>
/// Classifies each pixel by the k training pixels whose standardised samples are nearest: the usual yardstick of
/// small-scene classification. Exact; ties as <see cref="NearestNeighbours"/> says.
/// </summary>
/// <remarks>
/// Samples are standardised band by band with mean and deviation of the training pixels. With a neighbourhood, a training
/// pixel that has a held-out pixel in its neighbourhood is left out, so that no held-out sample is learnt from;
/// beyond the image's edge the nearest pixel stands in.
/// </remarks>
public sealed class NearestNeighbourBaseline
{
    private readonly int _neighbours;
    private readonly int _radius;

    /// <summary>Chooses the method.</summary>
    /// <param name="neighbours">k.</param>
    /// <param name="neighbourhood">Side of the square of pixels whose samples are compared: 1 (the pixel alone), 3, 5 ...</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive, or the side is not odd.</exception>
    public NearestNeighbourBaseline(int neighbours = 9, int neighbourhood = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        if (neighbourhood < 1 || neighbourhood % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(neighbourhood), $"The neighbourhood is {neighbourhood} pixels wide: expected 1, 3, 5 ...");
        }

        (_neighbours, _radius) = (neighbours, neighbourhood / 2);
    }

    /// <summary>The method in words.</summary>
    public string Name =>
        $"{_neighbours} nearest neighbours" + (_radius == 0 ? "" : $", {2 * _radius + 1}x{2 * _radius + 1} pixels");

    /// <summary>Learns from the training pixels and counts the held-out ones.</summary>
    /// <param name="image">Raw samples `(C, H, W)`.</param>
    /// <param name="train">Labels of the training pixels `(H, W)` int64, <paramref name="ignoreIndex"/> elsewhere.</param>
    /// <param name="test">Labels of the held-out pixels `(H, W)` int64, <paramref name="ignoreIndex"/> elsewhere.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreIndex">Label that counts for nothing.</param>
    /// <exception cref="ArgumentException">The sizes differ, a pixel is in both splits, or no training pixel is left.</exception>
    public BaselineResult Evaluate(Tensor image, Tensor train, Tensor test, int classes, int ignoreIndex = 255)
    {
        int height = (int)image.shape[1], width = (int)image.shape[2];
        if (!train.shape.SequenceEqual([height, width]) || !test.shape.SequenceEqual([height, width]))
        {
            throw new ArgumentException(
                $"Labels are ({string.Join(", ", train.shape)}) and ({string.Join(", ", test.shape)}): expected both "
                    + $"({height}, {width}), as the image.");
        }

        long[] trainLabels = Labels(train), testLabels = Labels(test);
        int shared = Array.FindIndex(trainLabels, p => p != ignoreIndex);
        while (shared >= 0 && testLabels[shared] == ignoreIndex)
        {
            shared = Array.FindIndex(trainLabels, shared + 1, p => p != ignoreIndex);
        }
        if (shared >= 0)
        {
            throw new ArgumentException(
                $"The pixel in column {shared % width}, row {shared / width} is in both splits: expected one of them.");
        }

        float[] features = Features(image, height, width, out int dimensions);
        int[] learnt = [.. Enumerable.Range(0, trainLabels.Length).Where(p => trainLabels[p] != ignoreIndex && Untouched(p))];
        if (learnt.Length == 0)
        {
            throw new ArgumentException(
                "No training pixel is left: expected labelled pixels away from held-out ones.", nameof(train));
        }

        Standardise(features, dimensions, learnt);
        var samples = new float[(long)learnt.Length * dimensions];
        for (int i = 0; i < learnt.Length; i++)
        {
            features.AsSpan(learnt[i] * dimensions, dimensions).CopyTo(samples.AsSpan(i * dimensions));
        }
        var tree = new NearestNeighbours(samples, dimensions, [.. learnt.Select(p => (int)trainLabels[p])]);

        int[] asked = [.. Enumerable.Range(0, testLabels.Length).Where(p => testLabels[p] != ignoreIndex)];
        var found = new long[asked.Length];
        Parallel.For(0, asked.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() },
            i => found[i] = tree.Classify(features.AsSpan(asked[i] * dimensions, dimensions), _neighbours));
        using var scope = NewDisposeScope();
        var matrix = new ConfusionMatrix(classes, ignoreIndex);
        matrix.Add(tensor(found), tensor(asked.Select(p => testLabels[p]).ToArray()));
        return new BaselineResult(Name, matrix);

        bool Untouched(int pixel)
        {
            (int y, int x) = Math.DivRem(pixel, width);
            for (int v = Math.Max(0, y - _radius); v <= Math.Min(height - 1, y + _radius); v++)
            {
                for (int u = Math.Max(0, x - _radius); u <= Math.Min(width - 1, x + _radius); u++)
                {
                    if (testLabels[v * width + u] != ignoreIndex) return false;
                }
            }

            return true;
        }
    }

    private static long[] Labels(Tensor label)
    {
        using Tensor flat = label.to_type(ScalarType.Int64).contiguous().flatten().clone();
        return flat.data<long>().ToArray();
    }

    // Rows of (C * side * side) numbers, one a pixel.
    private float[] Features(Tensor image, int height, int width, out int dimensions)
    {
        using var scope = NewDisposeScope();
        int side = 2 * _radius + 1;
        dimensions = (int)image.shape[0] * side * side;
        Tensor padded = image.to_type(ScalarType.Float32).unsqueeze(0);
        if (_radius > 0) padded = nn.functional.pad(padded, [_radius, _radius, _radius, _radius], PaddingModes.Replicate);
        var shifted = new List<Tensor>();
        for (int v = 0; v < side; v++)
        {
            for (int u = 0; u < side; u++) shifted.Add(padded[0].narrow(1, v, height).narrow(2, u, width));
        }

        return cat(shifted, 0).permute(1, 2, 0).contiguous().data<float>().ToArray();
    }

    private static void Standardise(float[] features, int dimensions, int[] learnt)
    {
        for (int d = 0; d < dimensions; d++)
        {
            double mean = learnt.Average(p => (double)features[p * dimensions + d]);
            double variance = learnt.Average(p => Math.Pow(features[p * dimensions + d] - mean, 2));
            double scale = variance > 0 ? 1 / Math.Sqrt(variance) : 1;
            for (int i = d; i < features.Length; i += dimensions) features[i] = (float)((features[i] - mean) * scale);
        }
    }
}
