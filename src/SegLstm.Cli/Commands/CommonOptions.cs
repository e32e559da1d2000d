using System.CommandLine;
using static TorchSharp.torch;

namespace SegLstm.Cli.Commands;

/// <summary>Options that several commands share, with one meaning everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>`--threads`.</summary>
    public static Option<int?> Threads() => new("--threads")
    {
        Description = "Threads an operator may use (default: libtorch's choice).",
        HelpName = "N",
    };

    /// <summary>`--checkpoint`, required.</summary>
    public static Option<string> Checkpoint() => new("--checkpoint", "-c")
    {
        Description = "A trained model: best.safetensors or last.safetensors of a run.",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>`--overlap`.</summary>
    public static Option<int?> Overlap() => new("--overlap")
    {
        Description = "Pixels that neighbouring windows share (default: half a window).",
        HelpName = "PIXELS",
    };

    /// <summary>Applies `--threads`.</summary>
    public static void Use(int? threads)
    {
        if (threads is { } count) set_num_threads(Require.AtLeast(count, 1, "--threads"));
    }

    /// <summary>The overlap to use with windows of a size.</summary>
    public static int OverlapOf(int? given, int window) => given switch
    {
        null => window / 2,
        >= 0 when given < window => given.Value,
        _ => throw new UsageException(
            $"--overlap {given}: expected 0 to {window - 1}, less than the model's window of {window} pixels"),
    };
}
