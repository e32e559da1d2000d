using SegLstm.Training;

namespace SegLstm.Data.Hyperspectral.Splits;

/// <summary>
/// Gives blocks of a scene to training: in random order, until each class has the pixels that it is to have, but never the last
/// block that a class has to be scored on.
/// </summary>
internal static class TrainingBlocks
{
    /// <summary>Blocks hold this many times the pixels wanted where they can, so that what is drawn is not one corner of a field.</summary>
    private const int Spare = 4;

    internal static bool[] Choose(HyperspectralScene scene, LabelBudget budget, int blockSize, long seed)
    {
        int across = (scene.Width + blockSize - 1) / blockSize;
        int BlockOf(int pixel) => (pixel / scene.Width / blockSize * across) + (pixel % scene.Width / blockSize);

        var classes = PixelSplits.ByClass(scene, _ => true).Select(found => new ClassBlocks(
            budget.Of(found.Pixels.Length), found.Pixels.CountBy(BlockOf).ToDictionary(count => count.Key, count => count.Value)))
            .ToArray();
        var chosen = new HashSet<int>();
        int number = 0;
        // The classes with the least choice choose first.
        foreach (var kind in classes.OrderBy(kind => kind.Blocks.Count))
        {
            int[] order = [.. kind.Blocks.Keys.Order()];
            new SeedStreams(seed).Draw("hyperspectral blocks", epoch: 0, number++).Shuffle(order);
            int total = kind.Blocks.Values.Sum(), wanted = Math.Min(kind.Wanted * Spare, Math.Max(kind.Wanted, total / 2));
            foreach (int block in order)
            {
                if (kind.In(chosen) >= wanted) break;
                // Taking it must leave every class a block to be scored on, but for a class that has one block only.
                bool leavesAll = classes.All(other => !other.Blocks.ContainsKey(block) || other.Blocks.Count == 1
                    || other.Blocks.Keys.Count(b => !chosen.Contains(b)) > 1);
                if (leavesAll || kind.Blocks.Count == 1) chosen.Add(block);
            }

            // Better no score of a class than a model that never saw it.
            if (kind.In(chosen) == 0) chosen.Add(order[0]);
        }

        return [.. Enumerable.Range(0, scene.Pixels).Select(pixel => chosen.Contains(BlockOf(pixel)))];
    }

    /// <summary>How many pixels a class is to learn from, and how many it has in each block.</summary>
    private sealed record ClassBlocks(int Wanted, Dictionary<int, int> Blocks)
    {
        internal int In(HashSet<int> chosen) => Blocks.Where(block => chosen.Contains(block.Key)).Sum(block => block.Value);
    }
}
