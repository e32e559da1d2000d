using System.Text.Json.Nodes;

namespace SegLstm.Soak;

/// <summary>What two finished runs left, compared to the last bit.</summary>
internal static class RunFiles
{
    /// <summary>Names of what differs: weights, the training state (optimizer, averages, losses, validations), lines of the
    /// metrics.</summary>
    /// <param name="whole">Folder of a run that never stopped.</param>
    /// <param name="other">Folder of one that was resumed.</param>
    public static IReadOnlyList<string> Differences(string whole, string other)
    {
        string[] names = ["last.safetensors", "best.safetensors", LastState(whole)];
        var differences = names.Where(name => !Same(Path.Combine(whole, name), Path.Combine(other, name))).ToList();
        if (!Metrics(whole).SequenceEqual(Metrics(other))) differences.Add("metrics.jsonl");
        differences.AddRange(Directory.EnumerateFiles(other, ".*").Select(path => $"{Path.GetFileName(path)} is left over"));
        return differences;
    }

    private static bool Same(string one, string other) =>
        File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private static string LastState(string run) => Path.GetFileName(
        Directory.EnumerateFiles(run, "state-*.safetensors").Order(StringComparer.Ordinal).Last());

    // Without the time that a line was written at, and without those that tell of the resuming itself.
    private static string[] Metrics(string run) =>
    [
        .. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())
            .Where(line => (string)line["kind"]! != "resumed")
            .Select(line =>
            {
                line.Remove("seconds");
                return line.ToJsonString();
            }),
    ];
}
