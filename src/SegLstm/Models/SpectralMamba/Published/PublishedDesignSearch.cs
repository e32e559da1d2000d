using SegLstm.Models.Hyperspectral;

namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>Looks through everything that the paper leaves open for designs with its counts: 12.33K parameters and 23.39M
/// multiply-adds of a batch (pixelwise, 145 bands, 14 classes).</summary>
/// <remarks>
/// A fit is no proof. Both numbers have four digits, so among millions of designs some have them by accident; the ablation (pieces
/// save 79 % of the parameters and 46 % of the multiply-adds) tells them apart, and a design that is plain otherwise would be more
/// credible than one with many odd choices.
/// </remarks>
public static class PublishedDesignSearch
{
    private static readonly int[] States = [1, 2, 4, 8, 16, 32, 64];
    private static readonly int[] Taps = [0, 2, 3, 4];
    private static readonly int[] PieceSizes = [1, 2, 4, 5, 6, 8];
    private static readonly int[] Stems = [4, 8, 16, 32, 64];
    private static readonly int[] StemTaps = [3, 5, 7];

    private const int MostDepth = 6;
    private const int WidestToken = 160;

    /// <summary>Searches, on all processors.</summary>
    /// <param name="stems">Also designs with a convolution along all bands in front: 16 times as many.</param>
    /// <param name="stop">Ends the search.</param>
    public static DesignSearchReport Run(bool stems = false, CancellationToken stop = default)
    {
        (int Channels, int Taps)[] fronts = [(0, 0), .. stems ? Stems.SelectMany(c => StemTaps.Select(t => (c, t))) : []];
        var work = (from pieces in Sequences() from rule in Enum.GetValues<CountRule>() from dim in Enumerable.Range(2, WidestToken - 1)
                    select (pieces, rule, dim)).ToArray();
        var fits = new List<PublishedDesign>();
        var tried = 0L;
        Parallel.ForEach(work, new ParallelOptions { CancellationToken = stop }, one =>
        {
            var found = new List<PublishedDesign>();
            var count = Search(one.pieces, one.rule, one.dim, fronts, found);
            lock (fits)
            {
                tried += count;
                fits.AddRange(found);
            }
        });
        PublishedDesign[] sorted = [.. fits.OrderBy(fit => fit.Departures).ThenBy(fit => fit.ToString(), StringComparer.Ordinal)];
        return new DesignSearchReport(tried, sorted, [.. sorted.Where(DesignTargets.FitsAblation)]);
    }

    /// <summary>Ways to cut 145 bands by both meanings of R, the rest filled up with zeros or left out.</summary>
    internal static IReadOnlyList<SpectrumPieces> Sequences()
    {
        const int Bands = PublishedRow.Bands;
        return
        [
            .. PieceSizes.SelectMany(size => new SpectrumPieces[]
            {
                new(Bands, (Bands + size - 1) / size, size), new(Bands, Bands / size, size),
                new(Bands, size, (Bands + size - 1) / size), new(Bands, size, Bands / size),
            }).Distinct(),
        ];
    }

    private static long Search(
        SpectrumPieces pieces, CountRule rule, int dim, (int Channels, int Taps)[] fronts, List<PublishedDesign> found)
    {
        var (tokens, tried) = (pieces.Count, 0L);
        var blocks = Blocks(dim).Select(block => (Block: block, Cost: block.Cost(dim, tokens, rule))).ToArray();
        var ahead = Fronts(pieces, dim, fronts).ToArray();
        for (var depth = 1; depth <= MostDepth; depth++)
        {
            tried += (long)ahead.Length * blocks.Length * DesignFrame.All.Count;
            // Most are too large by their blocks alone.
            var small = blocks.Where(pair => depth * pair.Cost.Parameters <= DesignTargets.Parameters.Most).ToArray();
            if (small.Length == 0)
            {
                continue;
            }

            // Frames that count the same under this rule are one.
            var frames = DesignFrame.All.Select(frame => (Frame: frame, Cost: frame.Cost(dim, tokens, depth, rule)))
                .GroupBy(pair => pair.Cost).Select(same => same.First()).ToArray();
            var (least, most) = (frames.Min(pair => pair.Cost.Parameters), frames.Max(pair => pair.Cost.Parameters));
            foreach (var (front, channels, taps, embedding) in ahead)
            {
                foreach (var (block, cost) in small)
                {
                    var body = front + (depth * cost);
                    if (body.Parameters + least > DesignTargets.Parameters.Most || body.Parameters + most < DesignTargets.Parameters.Least
                        || body.MultiplyAdds > DesignTargets.MultiplyAdds.Most)
                    {
                        continue;
                    }

                    found.AddRange(frames.Where(pair => DesignTargets.Fits(body + pair.Cost)).Select(pair =>
                        new PublishedDesign(pieces, channels, taps, embedding, dim, depth, block, pair.Frame, rule)));
                }
            }
        }

        return tried;
    }

    private static IEnumerable<(ProfilerCost Cost, int Channels, int Taps, DesignEmbedding Embedding)> Fronts(
        SpectrumPieces pieces, int dim, (int Channels, int Taps)[] fronts) =>
        from front in fronts
        from embedding in Enum.GetValues<DesignEmbedding>()
        where embedding != DesignEmbedding.None || dim == pieces.Width * Math.Max(1, front.Channels)
        let cost = PublishedDesign.Front(pieces, front.Channels, front.Taps, embedding, dim)
        where cost.Parameters <= DesignTargets.Parameters.Most && cost.MultiplyAdds <= DesignTargets.MultiplyAdds.Most
        select (cost, front.Channels, front.Taps, embedding);

    private static IEnumerable<DesignBlock> Blocks(int dim)
    {
        int[] ranks = [.. new[] { (dim + 15) / 16, 1, dim }.Distinct()];
        return from expansion in new[] { 1, 2, 4 } from states in States from taps in Taps from rank in ranks
               from directions in Enum.GetValues<ScanDirections>()
               select new DesignBlock(expansion, states, taps, rank, directions);
    }
}
