using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SegLstm.Cli;

/// <summary>The usual help page, followed by the command's examples.</summary>
internal sealed class ExampleHelpAction : SynchronousCommandLineAction
{
    private readonly HelpAction _page = new()
    {
        MaxWidth = Console.IsOutputRedirected ? 120 : Math.Clamp(Console.WindowWidth, 60, 160),
    };

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        int code = _page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples) output.WriteLine("  " + example);
            output.WriteLine();
            command.AppendToHelp?.Invoke(parseResult);
        }

        return code;
    }
}
