using System.Text;

namespace SegLstm.Language.Clip;

/// <summary>Unicode's normalization form C: letters and their marks as single characters where there are such.</summary>
/// <remarks>Source: Unicode Standard Annex 15; Unicode 14's tables. Hangul syllables go by their arithmetic.</remarks>
internal static class Composition
{
    private const int S = 0xAC00, L = 0x1100, V = 0x1161, T = 0x11A7, Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Decomposes, orders the marks, composes.</summary>
    /// <param name="text">Without lone surrogates.</param>
    public static string Compose(string text)
    {
        // Below U+0300 nothing combines and everything is composed.
        if (text.All(letter => letter < 0x300))
        {
            return text;
        }

        var points = new List<int>();
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        var composed = Join(points);
        var result = new StringBuilder(composed.Count);
        composed.ForEach(point => result.Append(new Rune(point).ToString()));
        return result.ToString();
    }

    private static int ClassOf(int point) => UnicodeTables.Instance.Classes.GetValueOrDefault(point);

    private static void Decompose(int point, List<int> into)
    {
        if (point is >= S and < S + (Leads * Vowels * Tails))
        {
            var index = point - S;
            into.Add(L + (index / (Vowels * Tails)));
            into.Add(V + (index % (Vowels * Tails) / Tails));
            if (index % Tails > 0)
            {
                into.Add(T + (index % Tails));
            }
        }
        else if (UnicodeTables.Instance.Decompositions.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                Decompose(part, into);
            }
        }
        else
        {
            into.Add(point);
        }
    }

    /// <summary>Sorts each run of marks by class; marks of one class keep their order.</summary>
    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (ClassOf(points[start]) == 0)
            {
                continue;
            }

            var end = start;
            while (end < points.Count && ClassOf(points[end]) != 0)
            {
                end++;
            }

            var sorted = points.GetRange(start, end - start).OrderBy(ClassOf).ToList();
            for (var i = start; i < end; i++)
            {
                points[i] = sorted[i - start];
            }

            start = end;
        }
    }

    private static List<int> Join(List<int> points)
    {
        var result = new List<int>(points.Count);
        var (starter, last) = (-1, 0);
        foreach (var point in points)
        {
            var own = ClassOf(point);
            var adjacent = starter == result.Count - 1;
            // A mark reaches its starter unless one of its class, or of a higher one, stands between.
            if (starter >= 0 && (adjacent || (last != 0 && last < own)) && Pair(result[starter], point) is { } joined)
            {
                result[starter] = joined;
                continue;
            }

            if (own == 0)
            {
                starter = result.Count;
            }

            last = own;
            result.Add(point);
        }

        return result;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= L and < L + Leads && second is >= V and < V + Vowels)
        {
            return S + ((((first - L) * Vowels) + (second - V)) * Tails);
        }

        if (first is >= S and < S + (Leads * Vowels * Tails) && (first - S) % Tails == 0 && second is > T and < T + Tails)
        {
            return first + (second - T);
        }

        return UnicodeTables.Instance.Compositions.TryGetValue((first, second), out var joined) ? joined : null;
    }
}
