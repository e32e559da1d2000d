using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>The items whose features point in the most similar direction, nearest first.</summary>
public static class Neighbours
{
    /// <summary>Finds the nearest items of some queries.</summary>
    /// <param name="queries">(Q, D).</param>
    /// <param name="items">(N, D), those that are searched.</param>
    /// <param name="count">How many for each query; at most N.</param>
    /// <returns>For each query the items' rows and cosine similarities; of equal ones the lower row comes first.</returns>
    /// <exception cref="ArgumentException">Other shapes, values that are not finite, or a row of zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No neighbour, or more than there are items.</exception>
    public static IReadOnlyList<IReadOnlyList<(int Item, double Similarity)>> Of(Tensor queries, Tensor items, int count)
    {
        FeatureRows asked = FeatureRows.Of(queries, nameof(queries)), searched = FeatureRows.Of(items, nameof(items));
        if (asked.Width != searched.Width)
        {
            throw new ArgumentException(
                $"Queries have {asked.Width} dimensions, items {searched.Width}: expected as many.", nameof(queries));
        }

        if (count < 1 || count > searched.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} neighbours of {searched.Count} items: expected 1 to {searched.Count}.");
        }

        return Of(asked.Normalised(nameof(queries)), searched.Normalised(nameof(items)), count);
    }

    /// <summary>Finds the nearest other items of one of the items.</summary>
    /// <param name="items">(N, D), at least two.</param>
    /// <param name="query">The row in question; it is not among its neighbours.</param>
    /// <param name="count">How many; at most N - 1.</param>
    /// <returns>The items' rows and cosine similarities; of equal ones the lower row comes first.</returns>
    /// <exception cref="ArgumentException">Another shape, values that are not finite, or a row of zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item, or not as many others.</exception>
    public static IReadOnlyList<(int Item, double Similarity)> Of(Tensor items, int query, int count)
    {
        FeatureRows rows = FeatureRows.Of(items, nameof(items), atLeast: 2).Normalised(nameof(items));
        ArgumentOutOfRangeException.ThrowIfNegative(query);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(query, rows.Count);
        if (count < 1 || count >= rows.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{count} neighbours among {rows.Count - 1} others: expected 1 to {rows.Count - 1}.");
        }

        var one = new FeatureRows(rows[query].ToArray(), 1, rows.Width);
        return [.. Of(one, rows, rows.Count)[0].Where(found => found.Item != query).Take(count)];
    }

    /// <summary>The same for features of length 1.</summary>
    internal static IReadOnlyList<IReadOnlyList<(int Item, double Similarity)>> Of(FeatureRows queries, FeatureRows items, int count)
    {
        var found = new (int, double)[queries.Count][];
        FeatureRows.ForEach(queries.Count, q =>
        {
            double[] distances = new double[items.Count];
            int[] order = new int[items.Count];
            for (int i = 0; i < items.Count; i++) (distances[i], order[i]) = (-FeatureRows.Dot(queries[q], items[i]), i);
            // A stable order: equal similarities stay in the order of the rows.
            found[q] = [.. order.OrderBy(i => distances[i]).Take(count).Select(i => (i, -distances[i]))];
        });
        return found;
    }
}
