namespace SegLstm.Language.Glove;

/// <summary>Keeps, of all words that pass by, the three that take the fewest edits to reach from each of some unknown
/// ones.</summary>
internal sealed class NearWords
{
    private const int Kept = 3, MostEdits = 2;

    private readonly Dictionary<string, List<(int Edits, int Rank, string Word)>> nearest;
    private int rank;

    /// <summary>Begins with the unknown words.</summary>
    public NearWords(IEnumerable<string> unknown) => nearest = unknown.Distinct().ToDictionary(word => word, _ => new List<(int, int, string)>());

    /// <summary>Looks at a word; the more frequent come first, and win where edits are equal.</summary>
    public void See(string word)
    {
        rank++;
        foreach (var (unknown, near) in nearest)
        {
            if (Math.Abs(word.Length - unknown.Length) > MostEdits || word.Length < 2)
            {
                continue;
            }

            var edits = Models.Catalog.Edits(unknown, word);
            if (edits > 0 && edits <= MostEdits && (near.Count < Kept || edits < near[^1].Edits))
            {
                near.Add((edits, rank, word));
                near.Sort();
                near.RemoveRange(Math.Min(Kept, near.Count), Math.Max(0, near.Count - Kept));
            }
        }
    }

    /// <summary>The near words of an unknown one, the nearest first.</summary>
    public IReadOnlyList<string> Of(string unknown) => [.. nearest[unknown].Select(near => near.Word)];
}
