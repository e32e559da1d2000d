using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Metrics;

/// <summary>
/// Counts of pixels by true class (row) and predicted class (column), in 64-bit integers, over as many images as are added.
/// Every score of a segmentation follows from it: see <see cref="Scores"/>.
/// </summary>
public sealed class ConfusionMatrix
{
    // Tensors are read in pieces so that a whole scene never exists twice as int64.
    private const long PieceElements = 1 << 22;

    private readonly long[] counts;

    /// <summary>Makes an empty matrix.</summary>
    /// <param name="classes">Number of classes, at least 1; labels and predictions are 0 … classes - 1.</param>
    /// <param name="ignoreIndex">Label of the pixels that are left out, such as 255 or -1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No class, or too many for a matrix.</exception>
    public ConfusionMatrix(int classes, int ignoreIndex = 255)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 1 << 14);
        Classes = classes;
        IgnoreIndex = ignoreIndex;
        counts = new long[classes * classes];
    }

    /// <summary>A matrix with given counts, such as <see cref="ToArray"/> gave.</summary>
    /// <param name="counts">Rows of true classes, as many columns.</param>
    /// <param name="ignoreIndex">Label of the pixels that were left out.</param>
    /// <exception cref="ArgumentException">It is not square, or a count is negative.</exception>
    public static ConfusionMatrix Of(long[,] counts, int ignoreIndex = 255)
    {
        if (counts.GetLength(0) != counts.GetLength(1) || counts.Cast<long>().Any(count => count < 0))
        {
            throw new ArgumentException(
                $"Expected as many rows as columns and no negative count, got {counts.GetLength(0)} x {counts.GetLength(1)}.",
                nameof(counts));
        }

        var matrix = new ConfusionMatrix(counts.GetLength(0), ignoreIndex);
        Buffer.BlockCopy(counts, 0, matrix.counts, 0, counts.Length * sizeof(long));
        return matrix;
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Label of the pixels that are left out.</summary>
    public int IgnoreIndex { get; }

    /// <summary>Pixels counted.</summary>
    public long Total => counts.Sum();

    /// <summary>All scores of what was counted so far.</summary>
    public Scores Scores => new(this);

    /// <summary>Pixels of one true class that were predicted as another, or the same.</summary>
    public long this[int label, int prediction] => counts[Index(label, prediction)];

    /// <summary>Pixels of a class that were predicted right.</summary>
    public long Hits(int label) => this[label, label];

    /// <summary>Pixels whose true class is this one: the row's sum.</summary>
    public long Labels(int label) => Enumerable.Range(0, Classes).Sum(prediction => this[label, prediction]);

    /// <summary>Pixels predicted as this class: the column's sum.</summary>
    public long Predictions(int prediction) => Enumerable.Range(0, Classes).Sum(label => this[label, prediction]);

    /// <summary>Counts class maps of equal shape.</summary>
    /// <param name="prediction">Predicted classes, any integer dtype, any shape such as (N, H, W).</param>
    /// <param name="label">True classes or <see cref="IgnoreIndex"/>, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, a dtype is not an integer one, or a class is out of range.</exception>
    public void Add(Tensor prediction, Tensor label)
    {
        CheckInteger(prediction, nameof(prediction));
        CheckInteger(label, nameof(label));
        if (!prediction.shape.SequenceEqual(label.shape))
        {
            throw new ArgumentException(
                $"Expected prediction and label of one shape, got ({string.Join(", ", prediction.shape)}) and ({string.Join(", ", label.shape)}). Resize the logits to the label's size and take their argmax over the class dimension.");
        }

        var added = new long[counts.Length];
        using var scope = NewDisposeScope();
        using var predictions = prediction.detach().contiguous().view(-1);
        using var labels = label.detach().contiguous().view(-1);
        for (var from = 0L; from < labels.numel(); from += PieceElements)
        {
            var length = Math.Min(PieceElements, labels.numel() - from);
            using var somePredictions = predictions.narrow(0, from, length).to_type(ScalarType.Int64).cpu().contiguous();
            using var someLabels = labels.narrow(0, from, length).to_type(ScalarType.Int64).cpu().contiguous();
            Count(MemoryMarshal.Cast<byte, long>(somePredictions.bytes), MemoryMarshal.Cast<byte, long>(someLabels.bytes), added, from);
        }

        Merge(added);
    }

    /// <summary>Counts class maps of equal length.</summary>
    /// <typeparam name="TPrediction">An integer type.</typeparam>
    /// <typeparam name="TLabel">An integer type.</typeparam>
    /// <param name="prediction">Predicted classes.</param>
    /// <param name="label">True classes or <see cref="IgnoreIndex"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range; nothing is counted then.</exception>
    public void Add<TPrediction, TLabel>(ReadOnlySpan<TPrediction> prediction, ReadOnlySpan<TLabel> label)
        where TPrediction : IBinaryInteger<TPrediction>
        where TLabel : IBinaryInteger<TLabel>
    {
        if (prediction.Length != label.Length)
        {
            throw new ArgumentException($"Expected as many predictions as labels, got {prediction.Length} and {label.Length}.");
        }

        var added = new long[counts.Length];
        Count(prediction, label, added, 0);
        Merge(added);
    }

    /// <summary>Adds another matrix's counts, such as those of another part of the set.</summary>
    /// <exception cref="ArgumentException">The other matrix has another number of classes.</exception>
    public void Add(ConfusionMatrix other)
    {
        if (other.Classes != Classes)
        {
            throw new ArgumentException($"Expected a matrix of {Classes} classes, got one of {other.Classes}.", nameof(other));
        }

        Merge(other.counts);
    }

    /// <summary>The counts as rows of true classes.</summary>
    public long[,] ToArray()
    {
        var array = new long[Classes, Classes];
        Buffer.BlockCopy(counts, 0, array, 0, counts.Length * sizeof(long));
        return array;
    }

    private static void CheckInteger(Tensor map, string name)
    {
        if (map.dtype is not (ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool))
        {
            throw new ArgumentException($"Expected a map of classes in an integer dtype, got {map.dtype} of shape ({string.Join(", ", map.shape)}). Of logits take the argmax over the class dimension.", name);
        }
    }

    private void Count<TPrediction, TLabel>(ReadOnlySpan<TPrediction> prediction, ReadOnlySpan<TLabel> label, long[] added, long offset)
        where TPrediction : IBinaryInteger<TPrediction>
        where TLabel : IBinaryInteger<TLabel>
    {
        for (var i = 0; i < label.Length; i++)
        {
            var truth = long.CreateSaturating(label[i]);
            if (truth == IgnoreIndex)
            {
                continue;
            }

            var guess = long.CreateSaturating(prediction[i]);
            if ((ulong)truth >= (ulong)Classes)
            {
                throw new ArgumentException($"Expected labels 0 to {Classes - 1} or {IgnoreIndex} (ignored), got {truth} at element {offset + i}. Check the legend of the classes, or the ignore index.", nameof(label));
            }

            if ((ulong)guess >= (ulong)Classes)
            {
                throw new ArgumentException($"Expected predictions 0 to {Classes - 1}, got {guess} at element {offset + i}. Check the number of classes of the model.", nameof(prediction));
            }

            added[(truth * Classes) + guess]++;
        }
    }

    private void Merge(long[] added)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = checked(counts[i] + added[i]);
        }
    }

    private int Index(int label, int prediction)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes, nameof(label));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)prediction, (uint)Classes, nameof(prediction));
        return (label * Classes) + prediction;
    }
}
