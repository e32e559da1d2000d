using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Versions and machine of what is measured, as <c>environment.json</c> keeps them.</summary>
internal sealed record RunEnvironment(
    string Started, string? SegLstm, string Libtorch, string Dotnet, string System, string Architecture, int Processors, int Threads,
    int Processes)
{
    /// <summary>The file, in the folder of a run.</summary>
    public const string FileName = "environment.json";

    /// <summary>This process, now.</summary>
    /// <param name="processes">How many processes work together.</param>
    public static RunEnvironment Now(int processes = 1) => new(
        DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        __version__, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, get_num_threads(), processes);
}
