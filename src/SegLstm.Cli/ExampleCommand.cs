using System.CommandLine;
using System.CommandLine.Parsing;

namespace SegLstm.Cli;

/// <summary>A command whose help ends with lines that can be copied.</summary>
/// <param name="name">The word the user types.</param>
/// <param name="description">One sentence for the help page.</param>
/// <param name="examples">Complete command lines; two spaces or more set off a remark.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Complete command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Writes what else the help page shows, which depends on the arguments beside `--help`.</summary>
    public Action<ParseResult>? AppendToHelp { get; set; }
}
