namespace SegLstm.Models.Clip;

/// <summary>Texts that are computed together, so that one long text does not make all others as long.</summary>
internal static class TextGroups
{
    // What another pass through the model costs, its weights read anew, in tokens: measured at widths of 512 and 2,048.
    private const long PassTokens = 64;

    /// <summary>Cuts texts into groups of the least work: each group costs its texts times its longest, and a pass.</summary>
    /// <param name="lengths">Tokens of each text, the shortest first.</param>
    /// <returns>Where each group begins and how many texts it has; together they are all.</returns>
    public static IReadOnlyList<(int Start, int Count)> Of(IReadOnlyList<long> lengths)
    {
        // Only behind the last text of a length can a cut save anything.
        int[] ends = [0, .. Enumerable.Range(1, lengths.Count).Where(i => i == lengths.Count || lengths[i] > lengths[i - 1])];
        var (cost, from) = (new long[ends.Length], new int[ends.Length]);
        for (int i = 1; i < ends.Length; i++)
        {
            (cost[i], from[i]) = Enumerable.Range(0, i)
                .Select(j => (cost[j] + ((ends[i] - ends[j]) * lengths[ends[i] - 1]) + PassTokens, j)).Min();
        }

        var groups = new List<(int, int)>();
        for (int i = ends.Length - 1; i > 0; i = from[i])
        {
            groups.Add((ends[from[i]], ends[i] - ends[from[i]]));
        }

        groups.Reverse();
        return groups;
    }
}
