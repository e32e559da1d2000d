using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Metrics;

/// <summary>
/// Few-shot segmentation scores over episodes: in each one a mask of one class is predicted. Intersection and union, of
/// background and foreground, add up per class over all episodes.
/// </summary>
/// <remarks>As isl-org/lang-seg (fewshot_data/common/evaluation.py, logger.py), after HSNet and PFENet.</remarks>
public sealed class FewShotMeter
{
    private readonly long[,] intersection;
    private readonly long[,] union;
    private readonly int[] fold;

    /// <summary>Makes an empty meter.</summary>
    /// <param name="classes">Classes of the whole benchmark: 20 for PASCAL-5i, 80 for COCO-20i, 1000 for FSS-1000.</param>
    /// <param name="fold">The classes of the fold under test; only they are scored.</param>
    /// <exception cref="ArgumentException">The fold is empty or names a class that the benchmark lacks.</exception>
    public FewShotMeter(int classes, IEnumerable<int> fold)
    {
        this.fold = [.. fold];
        if (this.fold.Length == 0 || this.fold.Any(c => c < 0 || c >= classes))
        {
            throw new ArgumentException($"Expected a fold of classes 0 to {classes - 1}, got [{string.Join(", ", this.fold)}].", nameof(fold));
        }

        Classes = classes;
        intersection = new long[2, classes];
        union = new long[2, classes];
    }

    /// <summary>Classes of the whole benchmark.</summary>
    public int Classes { get; }

    /// <summary>Counts the episodes of a batch.</summary>
    /// <param name="prediction">Predicted masks (B, H, W), 1 = the episode's class.</param>
    /// <param name="mask">True masks (B, H, W), 1 = the episode's class.</param>
    /// <param name="classIds">The class of each episode (B).</param>
    /// <param name="ignore">Pixels to leave out (B, H, W), 1 = leave out; they must be 0 in <paramref name="mask"/>. Null: none.</param>
    /// <returns>Areas of each episode.</returns>
    /// <exception cref="ArgumentException">Shapes differ, a mask holds other values than 0 and 1, an ignored pixel is foreground, or a class is unknown.</exception>
    public IReadOnlyList<EpisodeAreas> Add(Tensor prediction, Tensor mask, Tensor classIds, Tensor? ignore = null)
    {
        if (prediction.dim() != 3 || !prediction.shape.SequenceEqual(mask.shape) || (ignore is not null && !ignore.shape.SequenceEqual(mask.shape))
            || classIds.dim() != 1 || classIds.shape[0] != mask.shape[0])
        {
            throw new ArgumentException(
                $"Expected prediction, mask and ignore of one shape (B, H, W) and B classes, got ({string.Join(", ", prediction.shape)}), ({string.Join(", ", mask.shape)}), {(ignore is null ? "none" : $"({string.Join(", ", ignore.shape)})")} and ({string.Join(", ", classIds.shape)}).");
        }

        var predictions = Values(prediction);
        var masks = Values(mask);
        var ignored = ignore is null ? null : Values(ignore);
        var ids = Values(classIds);
        var pixels = (int)(mask.shape[1] * mask.shape[2]);
        var areas = new List<EpisodeAreas>();
        for (var episode = 0; episode < ids.Length; episode++)
        {
            if (ids[episode] < 0 || ids[episode] >= Classes)
            {
                throw new ArgumentException($"Expected classes 0 to {Classes - 1}, got {ids[episode]} for episode {episode}.", nameof(classIds));
            }

            var from = episode * pixels;
            areas.Add(EpisodeAreas.Of(predictions.AsSpan(from, pixels), masks.AsSpan(from, pixels), ignored is null ? [] : ignored.AsSpan(from, pixels)));
        }

        for (var episode = 0; episode < ids.Length; episode++)
        {
            for (var side = 0; side < 2; side++)
            {
                intersection[side, ids[episode]] += areas[episode].Intersection[side];
                union[side, ids[episode]] += areas[episode].Union[side];
            }
        }

        return areas;
    }

    /// <summary>Pixels in the intersections of one class's episodes so far.</summary>
    /// <param name="side">0 background, 1 foreground.</param>
    /// <param name="classId">The class.</param>
    public long Intersection(int side, int classId) => intersection[side, classId];

    /// <summary>Pixels in the unions of one class's episodes so far.</summary>
    /// <param name="side">0 background, 1 foreground.</param>
    /// <param name="classId">The class.</param>
    public long Union(int side, int classId) => union[side, classId];

    /// <summary>Mean over the fold's classes of the foreground IoU, as a fraction; a class without episodes counts as 0.</summary>
    public double MeanIoU => fold.Average(c => intersection[1, c] / (double)Math.Max(1, union[1, c]));

    /// <summary>Mean of background and foreground IoU, each over all the fold's classes together, as a fraction; NaN before any episode.</summary>
    public double ForegroundBackgroundIoU => Enumerable.Range(0, 2).Average(side => fold.Sum(c => intersection[side, c]) / (double)fold.Sum(c => union[side, c]));

    private static long[] Values(Tensor map)
    {
        using var values = map.detach().to_type(ScalarType.Int64).cpu().contiguous();
        return values.data<long>().ToArray();
    }
}
