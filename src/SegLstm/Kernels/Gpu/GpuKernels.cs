using System.Globalization;
using System.Text.RegularExpressions;

namespace SegLstm.Kernels.Gpu;

/// <summary>The GPU kernels that are built into this assembly.</summary>
public static partial class GpuKernels
{
    /// <summary>Architectures that there is PTX for; newer cards run that of the newest before them.</summary>
    public static IReadOnlyList<string> Architectures { get; } = ["sm_70", "sm_80", "sm_90"];

    /// <summary>All kernels for all architectures; none where the assembly was built without clang.</summary>
    public static IReadOnlyList<GpuKernel> Cuda() =>
    [
        .. from source in GpuSource.All
           from architecture in Architectures
           let text = GpuSource.TryText($"{source.Name}.{architecture}.ptx")
           where text is not null
           from kernel in Read(source.Name, architecture, text)
           select kernel,
    ];

    /// <summary>A file of kernels for an architecture.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without clang.</exception>
    internal static string Ptx(GpuSource source, string architecture) => GpuSource.TryText($"{source.Name}.{architecture}.ptx")
        ?? throw new InvalidOperationException(
            $"Expected {source.Name}.{architecture}.ptx embedded in SegLstm.dll, found none: install clang-16 and build again.");

    /// <summary>The kernels of a text.</summary>
    internal static IEnumerable<GpuKernel> Read(string family, string architecture, string ptx)
    {
        var entries = Entry().Matches(ptx);
        for (var place = 0; place < entries.Count; place++)
        {
            var end = place + 1 < entries.Count ? entries[place + 1].Index : ptx.Length;
            var body = ptx[entries[place].Index..end];
            var registers = Register().Matches(body).ToLookup(match => match.Groups["type"].Value, Count);
            yield return new GpuKernel(
                family, entries[place].Groups["name"].Value, architecture,
                registers.Where(type => type.Key != "pred").Sum(type => type.Sum() * (type.Key.EndsWith("64") ? 2 : 1)),
                registers["pred"].Sum(), Bytes(body, "shared"), Bytes(body, "local"));
        }
    }

    private static int Bytes(string body, string space) =>
        Memory().Matches(body).Where(match => match.Groups["space"].Value == space).Sum(Count);

    private static int Count(Match match) => int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\.visible \.entry (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.reg \.(?<type>\w+)\s+%\w+<(?<count>\d+)>;")]
    private static partial Regex Register();

    [GeneratedRegex(@"\.(?<space>shared|local) \.align \d+ \.b8\s+\w+\[(?<count>\d+)\];")]
    private static partial Regex Memory();
}
