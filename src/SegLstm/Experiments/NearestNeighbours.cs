using System.Numerics;
using System.Runtime.InteropServices;

namespace SegLstm.Experiments;

/// <summary>
/// Exact k-nearest-neighbour classification in Euclidean distance, on a k-d tree. Built once, safe to query from many
/// threads.
/// </summary>
/// <remarks>
/// Ties are broken the same way on every machine: of samples at the same distance the one with the lower index is the
/// nearer, and of classes with the same number of votes the lower class wins. Byte imagery has many equal pixels, so
/// this is no rare case.
/// </remarks>
public sealed class NearestNeighbours
{
    private const int LeafSize = 32;

    // A float32 sum of squares errs by far less than this share of itself, up to many thousand features.
    private const double FloatSlack = 1 - 1e-3;

    private readonly int _dimensions;
    private readonly int _stride;
    private readonly float[] _features;
    private readonly int[] _classes;
    private readonly int[] _order;
    private readonly List<Node> _nodes = [];

    /// <summary>Builds the tree.</summary>
    /// <param name="features">Samples row by row, `(n, dimensions)`.</param>
    /// <param name="dimensions">Features of a sample.</param>
    /// <param name="classes">Class of each sample, `(n)`, from 0.</param>
    /// <exception cref="ArgumentException">The lengths disagree, there is no sample, or a class is negative.</exception>
    public NearestNeighbours(ReadOnlySpan<float> features, int dimensions, ReadOnlySpan<int> classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (classes.Length == 0)
        {
            throw new ArgumentException("There is no sample to be a neighbour: expected at least 1.", nameof(classes));
        }
        if (features.Length != (long)classes.Length * dimensions)
        {
            throw new ArgumentException(
                $"There are {features.Length} features for {classes.Length} samples of {dimensions}: expected "
                    + $"{(long)classes.Length * dimensions}.",
                nameof(features));
        }

        foreach (int label in classes) ArgumentOutOfRangeException.ThrowIfNegative(label, nameof(classes));
        _dimensions = dimensions;
        _stride = (dimensions + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _features = features.ToArray();
        _classes = classes.ToArray();
        _order = new int[classes.Length];
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        Build(0, _order.Length);
        _features = Gather();
        Classes = _classes.Max() + 1;
    }

    /// <summary>One more than the greatest class among the samples.</summary>
    public int Classes { get; }

    /// <summary>Number of samples.</summary>
    public int Count => _classes.Length;

    /// <summary>The class that most of the k nearest samples have.</summary>
    /// <param name="query">Features of the point in question, `(dimensions)`.</param>
    /// <param name="neighbours">k; where there are fewer samples, all of them vote.</param>
    public int Classify(ReadOnlySpan<float> query, int neighbours)
    {
        Span<int> nearest = stackalloc int[Math.Min(neighbours, Count)];
        Find(query, nearest);
        Span<int> votes = stackalloc int[Classes];
        votes.Clear();
        foreach (int sample in nearest) votes[_classes[sample]]++;
        int winner = 0;
        for (int c = 1; c < votes.Length; c++)
        {
            if (votes[c] > votes[winner]) winner = c;
        }

        return winner;
    }

    /// <summary>Finds the nearest samples, nearest first.</summary>
    /// <param name="query">Features of the point in question, `(dimensions)`.</param>
    /// <param name="nearest">Filled with sample indices; its length is k, at most <see cref="Count"/>.</param>
    public void Find(ReadOnlySpan<float> query, Span<int> nearest)
    {
        if (query.Length != _dimensions)
        {
            throw new ArgumentException($"The query has {query.Length} features: expected {_dimensions}.", nameof(query));
        }
        if (nearest.Length < 1 || nearest.Length > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(nearest), $"{nearest.Length} neighbours of {Count} samples: expected 1 to {Count}.");
        }

        Span<double> distances = stackalloc double[nearest.Length];
        distances.Fill(double.PositiveInfinity);
        nearest.Fill(int.MaxValue);
        Span<double> offsets = stackalloc double[_dimensions];
        offsets.Clear();
        Span<float> padded = stackalloc float[_stride];
        padded.Clear();
        query.CopyTo(padded);
        Search(0, padded, offsets, nearest, distances);
    }

    private void Search(int index, ReadOnlySpan<float> query, Span<double> offsets, Span<int> nearest, Span<double> distances)
    {
        Node node = _nodes[index];
        if (node.Axis < 0)
        {
            for (int i = node.Start; i < node.End; i++)
            {
                ReadOnlySpan<float> sample = _features.AsSpan(i * _stride, _stride);
                if (Estimate(query, sample) * FloatSlack > distances[^1]) continue;
                double distance = 0;
                for (int d = 0; d < _dimensions; d++)
                {
                    double difference = (double)query[d] - sample[d];
                    distance += difference * difference;
                }

                Insert(_order[i], distance, nearest, distances);
            }

            return;
        }

        double offset = (double)query[node.Axis] - node.Split;
        (int near, int far) = offset < 0 ? (node.Left, node.Right) : (node.Right, node.Left);
        Search(near, query, offsets, nearest, distances);

        // Summed in the same order as a distance, whose every term is at least as large: rounding is monotone, so the
        // bound never exceeds the distance it stands for and no neighbour is lost.
        double before = offsets[node.Axis];
        offsets[node.Axis] = offset;
        double bound = 0;
        foreach (double o in offsets) bound += o * o;
        if (!Worse(bound, _nodes[far].LowestSample, nearest, distances)) Search(far, query, offsets, nearest, distances);
        offsets[node.Axis] = before;
    }

    // The squared distance in float32, several features at once: enough to pass over most samples.
    private static float Estimate(ReadOnlySpan<float> query, ReadOnlySpan<float> sample)
    {
        ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(query);
        ReadOnlySpan<Vector<float>> b = MemoryMarshal.Cast<float, Vector<float>>(sample);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            Vector<float> difference = a[i] - b[i];
            sum += difference * difference;
        }

        return Vector.Sum(sum);
    }

    // Nothing at this distance or farther, and of this index or higher, can enter the list.
    private static bool Worse(double distance, int sample, Span<int> nearest, Span<double> distances) =>
        distance > distances[^1] || (distance == distances[^1] && sample > nearest[^1]);

    private static void Insert(int sample, double distance, Span<int> nearest, Span<double> distances)
    {
        if (Worse(distance, sample, nearest, distances)) return;
        int at = nearest.Length - 1;
        while (at > 0 && (distances[at - 1] > distance || (distances[at - 1] == distance && nearest[at - 1] > sample)))
        {
            distances[at] = distances[at - 1];
            nearest[at] = nearest[at - 1];
            at--;
        }

        distances[at] = distance;
        nearest[at] = sample;
    }

    private int Build(int start, int end)
    {
        int index = _nodes.Count;
        _nodes.Add(default);
        int lowest = int.MaxValue;
        for (int i = start; i < end; i++) lowest = Math.Min(lowest, _order[i]);
        int axis = end - start <= LeafSize ? -1 : WidestAxis(start, end);
        if (axis < 0)
        {
            _nodes[index] = new Node(-1, 0, start, end, 0, 0, lowest);
            return index;
        }

        int middle = (start + end) / 2;
        Array.Sort(_order, start, end - start, Comparer<int>.Create((a, b) =>
        {
            int byValue = _features[a * _dimensions + axis].CompareTo(_features[b * _dimensions + axis]);
            return byValue != 0 ? byValue : a.CompareTo(b);
        }));
        float split = _features[_order[middle] * _dimensions + axis];
        int left = Build(start, middle);
        int right = Build(middle, end);
        _nodes[index] = new Node(axis, split, start, end, left, right, lowest);
        return index;
    }

    private int WidestAxis(int start, int end)
    {
        int widest = 0;
        float extent = -1;
        for (int d = 0; d < _dimensions; d++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            for (int i = start; i < end; i++)
            {
                float value = _features[_order[i] * _dimensions + d];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }

            if (high - low > extent) (widest, extent) = (d, high - low);
        }

        return widest;
    }

    // Leaves read their samples from one stretch of memory, each padded with zeros to whole vectors.
    private float[] Gather()
    {
        float[] gathered = new float[_order.Length * _stride];
        for (int i = 0; i < _order.Length; i++)
        {
            _features.AsSpan(_order[i] * _dimensions, _dimensions).CopyTo(gathered.AsSpan(i * _stride));
        }

        return gathered;
    }

    private readonly record struct Node(int Axis, float Split, int Start, int End, int Left, int Right, int LowestSample);
}
