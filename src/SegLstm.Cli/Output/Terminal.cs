using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>What standard output is, and the one console that all commands write to.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 240;

    private static readonly bool NoColour = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    private static readonly Lazy<IAnsiConsole> Shared = new(Create);

    /// <summary>Whether a person watches: bars and updates in place are only for terminals.</summary>
    public static bool IsInteractive { get; } = !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");

    /// <summary>Whether error lines may be coloured.</summary>
    public static bool ErrorColours { get; } = !Console.IsErrorRedirected && !NoColour
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");

    /// <summary>The console; plain text without escape codes where output is no terminal.</summary>
    public static IAnsiConsole Out => Shared.Value;

    private static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsInteractive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = IsInteractive && !NoColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsInteractive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (!IsInteractive) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
