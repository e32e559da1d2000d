namespace SegLstm.Cli;

/// <summary>Names near to a mistyped one.</summary>
internal static class Suggestions
{
    /// <summary>" (did you mean 'a' or 'b'?)", or nothing where no name is near.</summary>
    public static string Phrase(string word, IEnumerable<string> known)
    {
        string[] near = [.. Nearest(word, known).Select(name => $"'{name}'")];
        return near.Length == 0 ? "" : $" (did you mean {string.Join(" or ", near)}?)";
    }

    /// <summary>At most three names that a few keystrokes separate from the word, nearest first.</summary>
    public static IEnumerable<string> Nearest(string word, IEnumerable<string> known)
    {
        int reach = Math.Max(2, word.Length / 3);
        return known.Distinct()
            .Select(name => (Name: name, Distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= reach)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(3).Select(candidate => candidate.Name);
    }

    // Levenshtein's distance: insertions, deletions and substitutions.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
