using System.Text;
using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Server;

/// <summary>The cells that ran in this process, oldest first. It ends with the process: its session number is always 1.</summary>
/// <remarks>
/// Memory is bounded: the newest <see cref="Capacity"/> cells, outputs cut at <see cref="LongestOutput"/> characters.
/// </remarks>
internal sealed class History
{
    /// <summary>The number that answers give to this session.</summary>
    public const int Session = 1;

    /// <summary>How many cells are kept.</summary>
    public const int Capacity = 10_000;

    /// <summary>How many characters of a cell's value are kept.</summary>
    public const int LongestOutput = 10_000;

    private readonly Queue<HistoryEntry> _entries = new();

    /// <summary>Notes a cell.</summary>
    public void Add(int line, string input, string? output)
    {
        string? kept = output?.Length > LongestOutput ? string.Concat(output.AsSpan(0, LongestOutput), "…") : output;
        _entries.Enqueue(new HistoryEntry(line, input, kept));
        if (_entries.Count > Capacity) _entries.Dequeue();
    }

    /// <summary>The last cells.</summary>
    /// <param name="count">How many; null for all.</param>
    public IReadOnlyList<HistoryEntry> Tail(int? count) => [.. _entries.TakeLast(Math.Max(0, count ?? int.MaxValue))];

    /// <summary>Cells by number.</summary>
    /// <param name="session">0 or <see cref="Session"/>; no other session is remembered.</param>
    /// <param name="start">The first number.</param>
    /// <param name="stop">The number behind the last; null for all.</param>
    public IReadOnlyList<HistoryEntry> Range(int session, int start, int? stop) =>
        session is 0 or Session ? [.. _entries.Where(entry => entry.Line >= start && (stop is null || entry.Line < stop))] : [];

    /// <summary>Cells whose whole text matches a pattern.</summary>
    /// <param name="glob">`*` any text, `?` any character, `[a-z]` one of several.</param>
    /// <param name="unique">Each text once, where it ran last.</param>
    /// <param name="count">The last so many; null for all.</param>
    public IReadOnlyList<HistoryEntry> Search(string glob, bool unique, int? count)
    {
        // Without backtracking, so that no pattern takes for ever.
        var pattern = new Regex(Translate(glob), RegexOptions.NonBacktracking | RegexOptions.Singleline);
        IEnumerable<HistoryEntry> found = _entries.Where(entry => pattern.IsMatch(entry.Input));
        if (unique) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return [.. found.TakeLast(Math.Max(0, count ?? int.MaxValue))];
    }

    private static string Translate(string glob)
    {
        var pattern = new StringBuilder(@"\A");
        for (int i = 0; i < glob.Length; i++)
        {
            int close = glob[i] == '[' && i + 2 < glob.Length ? glob.IndexOf(']', i + 2) : -1;
            if (close > 0)
            {
                pattern.Append(Class(glob[(i + 1)..close]));
                i = close;
            }
            else
            {
                pattern.Append(glob[i] switch { '*' => ".*", '?' => ".", char literal => Regex.Escape(literal.ToString()) });
            }
        }

        return pattern.Append(@"\z").ToString();
    }

    /// <summary>A class of characters; a range that runs downwards holds none, so such a class matches nothing.</summary>
    private static string Class(string members)
    {
        bool not = members.Length > 1 && members[0] is '!' or '^';
        string listed = not ? members[1..] : members;
        for (int i = 1; i + 1 < listed.Length; i++)
        {
            if (listed[i] == '-' && listed[i - 1] > listed[i + 1]) return not ? "." : @"[^\s\S]";
        }

        string escaped = listed.Replace(@"\", @"\\").Replace("[", @"\[").Replace("]", @"\]").Replace("^", @"\^");
        return not ? $"[^{escaped}]" : $"[{escaped}]";
    }
}
