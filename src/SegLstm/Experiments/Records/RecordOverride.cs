namespace SegLstm.Experiments.Records;

/// <summary>One assignment to a value of a record, such as <c>training.learning_rate=1e-3</c>.</summary>
internal static class RecordOverride
{
    /// <summary>The assignment as a mapping that holds nothing else.</summary>
    /// <param name="assignment">A path with dots, an equals sign, and a value in YAML.</param>
    /// <exception cref="RecordException">It is no assignment.</exception>
    public static MapNode Parse(string assignment)
    {
        int sign = assignment.IndexOf('=', StringComparison.Ordinal);
        string[] path = assignment[..Math.Max(0, sign)].Split('.', StringSplitOptions.TrimEntries);
        if (sign < 1 || path.Any(name => name.Length == 0) || path.Length > YamlTree.MostDepth)
        {
            throw new RecordException($"'{assignment}': expected path=value, such as training.seed=3.");
        }

        string place = $"'{assignment}'";
        RecordNode value = YamlTree.Parse(assignment[(sign + 1)..], _ => place) ?? new ScalarNode(place, "", Quoted: false);
        foreach (string name in path.Reverse()) value = new MapNode(place, [new MapEntry(name, place, value)]);
        return (MapNode)value;
    }
}
