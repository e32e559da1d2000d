namespace SegLstm.Data.Statlog;

/// <summary>
/// Puts the shuffled neighbourhoods of the Statlog set together again. Neighbours share two of their three columns or rows of
/// pixels, 24 numbers, which is nearly always unique: where exactly one record ends with an overlap and exactly one begins with
/// it, they are neighbours. The largest connected piece is the scene.
/// </summary>
internal sealed class StatlogMosaic
{
    private const int Side = StatlogRecord.Side, Bands = StatlogRecord.Bands;

    private StatlogMosaic(int height, int width)
    {
        (Height, Width) = (height, width);
        Image = new byte[height * width * Bands];
        Known = new bool[height * width];
        Classes = new byte[height * width];
    }

    internal int Height { get; }

    internal int Width { get; }

    /// <summary>height x width x bands, 0 where unknown.</summary>
    internal byte[] Image { get; }

    /// <summary>height x width.</summary>
    internal bool[] Known { get; }

    /// <summary>height x width, from 1; 0 where unlabelled.</summary>
    internal byte[] Classes { get; }

    /// <summary>Records of the scene; the others found no neighbour in it.</summary>
    internal int Placed { get; private init; }

    /// <summary>Rebuilds the scene.</summary>
    /// <exception cref="InvalidDataException">There are no records, or two of them contradict each other.</exception>
    internal static StatlogMosaic Build(IReadOnlyList<StatlogRecord> records)
    {
        if (records.Count == 0)
            throw new InvalidDataException("There are no records to put together.");
        var links = new List<(int To, int Down, int Right)>[records.Count];
        for (int i = 0; i < links.Length; i++)
            links[i] = [];
        Link(records, links, columns: true);
        Link(records, links, columns: false);
        var places = Largest(links);
        int top = places.Values.Min(p => p.Row), left = places.Values.Min(p => p.Column);
        var mosaic = new StatlogMosaic(
            places.Values.Max(p => p.Row) - top + Side, places.Values.Max(p => p.Column) - left + Side) { Placed = places.Count };
        foreach (var (record, place) in places)
            mosaic.Put(records[record], place.Row - top, place.Column - left);
        return mosaic;
    }

    private static void Link(IReadOnlyList<StatlogRecord> records, List<(int To, int Down, int Right)>[] links, bool columns)
    {
        var ends = Enumerable.Range(0, records.Count).ToLookup(i => records[i].Overlap(1, columns), StringComparer.Ordinal);
        var starts = Enumerable.Range(0, records.Count).ToLookup(i => records[i].Overlap(0, columns), StringComparer.Ordinal);
        foreach (var end in ends.Where(e => e.Count() == 1 && starts[e.Key].Count() == 1))
        {
            int from = end.Single(), to = starts[end.Key].Single(), down = columns ? 0 : 1, right = columns ? 1 : 0;
            if (from == to)
                continue; // one flat patch, alike on all sides
            links[from].Add((to, down, right));
            links[to].Add((from, -down, -right));
        }
    }

    private static Dictionary<int, (int Row, int Column)> Largest(List<(int To, int Down, int Right)>[] links)
    {
        var best = new Dictionary<int, (int Row, int Column)>();
        bool[] seen = new bool[links.Length];
        for (int start = 0; start < links.Length; start++)
        {
            if (seen[start])
                continue;
            var places = new Dictionary<int, (int Row, int Column)> { [start] = (0, 0) };
            var open = new Queue<int>([start]);
            seen[start] = true;
            while (open.TryDequeue(out int record))
            {
                var (row, column) = places[record];
                foreach (var (to, down, right) in links[record])
                {
                    if (places.TryAdd(to, (row + down, column + right)))
                        open.Enqueue(to);
                    else if (places[to] != (row + down, column + right))
                        throw new InvalidDataException($"Records {record + 1} and {to + 1} contradict each other: their places do not close a loop.");
                    seen[to] = true;
                }
            }

            if (places.Count > best.Count)
                best = places;
        }

        return best;
    }

    private void Put(StatlogRecord record, int top, int left)
    {
        for (int pixel = 0; pixel < Side * Side; pixel++)
        {
            int at = (top + pixel / Side) * Width + left + pixel % Side;
            var samples = record.Samples.AsSpan(pixel * Bands, Bands);
            var target = Image.AsSpan(at * Bands, Bands);
            if (Known[at] && !target.SequenceEqual(samples))
                throw new InvalidDataException($"Two records differ at row {at / Width}, column {at % Width} of the rebuilt scene.");
            samples.CopyTo(target);
            Known[at] = true;
        }

        Classes[(top + 1) * Width + left + 1] = record.Class;
    }
}
