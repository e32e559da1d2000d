using System.Reflection;
using SegLstm.Cli.Output;

namespace SegLstm.Cli;

/// <summary>Shows a failure as one line on standard error.</summary>
internal static class Failure
{
    /// <summary>Writes the line, and with <paramref name="debug"/> the whole exception below it.</summary>
    public static void Report(Exception error, bool debug)
    {
        if (error is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException or TypeInitializationException)
        {
            error = error.InnerException ?? error;
        }

        string message = string.Join(
            " ", error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        if (error is ArgumentException { ParamName: { } parameter })
        {
            message = message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal);
        }
        bool foreseen = error is UsageException or KeyNotFoundException or ArgumentException or IOException or InvalidDataException
            or UnauthorizedAccessException or PlatformNotSupportedException
            || error.GetType().Namespace?.StartsWith("SegLstm", StringComparison.Ordinal) == true;
        if (!foreseen) message = $"{error.GetType().Name}: {message} (SEGLSTM_DEBUG=1 shows where)";
        string label = Terminal.ErrorColours ? "\u001b[1;31merror:\u001b[0m" : "error:";
        Console.Error.WriteLine($"seglstm: {label} {message}");
        if (debug) Console.Error.WriteLine(error);
    }
}
