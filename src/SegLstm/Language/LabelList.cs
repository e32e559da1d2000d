namespace SegLstm.Language;

/// <summary>Labels that a user typed: trimmed, none empty, none twice.</summary>
public static class LabelList
{
    /// <summary>Takes apart a list with commas, or semicolons where labels have commas.</summary>
    /// <param name="text">Such as "water, building, other".</param>
    /// <exception cref="ArgumentException">A label is empty or stands twice; the message tells all that is wrong.</exception>
    public static IReadOnlyList<string> Parse(string text) => Check(text.Split(text.Contains(';') ? ';' : ','));

    /// <summary>Checks labels.</summary>
    /// <param name="labels">The labels in their order.</param>
    /// <returns>The labels without blanks around them.</returns>
    /// <exception cref="ArgumentException">There is none, one is empty or stands twice; the message tells all that is
    /// wrong.</exception>
    public static IReadOnlyList<string> Check(IEnumerable<string> labels)
    {
        string[] trimmed = [.. labels.Select(label => label.Trim())];
        var problems = new List<string>();
        if (trimmed.All(label => label.Length == 0))
        {
            problems.Add("there is no label: give words, such as \"water, building, other\"");
        }
        else
        {
            problems.AddRange(trimmed.Index().Where(label => label.Item.Length == 0)
                .Select(label => $"label {label.Index + 1} of {trimmed.Length} is empty: take a comma away or write the word"));
        }

        // Equal vectors tie, so that the second of two equal labels can never win a pixel.
        problems.AddRange(trimmed.Index().Where(label => label.Item.Length > 0).GroupBy(label => label.Item, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).Select(group =>
                $"'{group.First().Item}' stands twice (labels {string.Join(" and ", group.Select(label => label.Index + 1))}): "
                + "the second could never be found, leave it out"));
        return problems.Count == 0 ? trimmed : throw new ArgumentException($"The labels cannot be used: {string.Join("; ", problems)}.");
    }
}
