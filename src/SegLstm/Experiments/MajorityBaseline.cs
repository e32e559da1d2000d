using SegLstm.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments;

/// <summary>Says the most frequent class of the training pixels everywhere: the least that any model must beat.</summary>
public static class MajorityBaseline
{
    /// <summary>Counts the held-out pixels.</summary>
    /// <param name="train">Labels of the training pixels `(H, W)` int64, <paramref name="ignoreIndex"/> elsewhere.</param>
    /// <param name="test">Labels of the held-out pixels `(H, W)` int64, <paramref name="ignoreIndex"/> elsewhere.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreIndex">Label that counts for nothing.</param>
    public static BaselineResult Evaluate(Tensor train, Tensor test, int classes, int ignoreIndex = 255)
    {
        long[] counts = new long[classes];
        foreach (long label in train.flatten().data<long>().ToArray())
        {
            if (label != ignoreIndex) counts[label]++;
        }

        using var scope = NewDisposeScope();
        var matrix = new ConfusionMatrix(classes, ignoreIndex);
        matrix.Add(full_like(test, Array.IndexOf(counts, counts.Max())), test);
        return new BaselineResult("majority class", matrix);
    }
}
