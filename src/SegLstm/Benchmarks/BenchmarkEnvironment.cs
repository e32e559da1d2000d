using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>On what benchmarks were run.</summary>
public sealed record BenchmarkEnvironment
{
    private const string NotKnown = "unknown";

    /// <summary>The processor's name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processors that this process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>Threads of an operator.</summary>
    public required int Threads { get; init; }

    /// <summary>Version of libtorch.</summary>
    public required string Libtorch { get; init; }

    /// <summary>The kernels that OpenBLAS multiplies with, such as <c>SkylakeX</c>; null where libtorch does not use
    /// it.</summary>
    public required string? Openblas { get; init; }

    /// <summary>The .NET that runs this.</summary>
    public required string Dotnet { get; init; }

    /// <summary>The operating system.</summary>
    public required string Os { get; init; }

    /// <summary>Version of this library.</summary>
    public required string Seglstm { get; init; }

    /// <summary>When, in UTC.</summary>
    public required string Date { get; init; }

    /// <summary>The machine's limits for each number of threads that rows have, at their best.</summary>
    public required IReadOnlyList<MachineLimits> Limits { get; init; }

    /// <summary>Of this process.</summary>
    internal static BenchmarkEnvironment Of(int threads, IReadOnlyList<MachineLimits> limits) => new()
    {
        Cpu = ProcessorName(),
        Processors = Environment.ProcessorCount,
        Threads = threads,
        Libtorch = __version__,
        Openblas = OpenBlas.KernelsInUse(),
        Dotnet = RuntimeInformation.FrameworkDescription,
        Os = RuntimeInformation.OSDescription,
        Seglstm = typeof(BenchmarkEnvironment).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? NotKnown,
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Limits = limits,
    };

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? $"{RuntimeInformation.ProcessArchitecture} processor";
    }
}
