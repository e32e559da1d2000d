using System.Reflection;
using TorchSharp;

namespace SegLstm.Workbook;

/// <summary>What a notebook runs on.</summary>
/// <param name="SegLstmVersion">Version of this library.</param>
/// <param name="LibtorchVersion">Version of libtorch.</param>
/// <param name="Threads">Threads that an operator uses.</param>
/// <param name="Device">Where models can be computed: "cpu", or "cuda" where a GPU can be used.</param>
public sealed record NotebookStart(string SegLstmVersion, string LibtorchVersion, int Threads, string Device)
{
    internal static NotebookStart Now() => new(
        typeof(NotebookStart).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown",
        torch.__version__, torch.get_num_threads(), torch.cuda.is_available() ? "cuda" : "cpu");

    /// <summary>The facts in one line.</summary>
    public override string ToString() =>
        $"SegLstm {SegLstmVersion}, libtorch {LibtorchVersion}, {Threads} {(Threads == 1 ? "thread" : "threads")}, device {Device}";
}
