using System.CommandLine;
using System.CommandLine.Parsing;

namespace SegLstm.Cli;

/// <summary>Turns what the parser found wrong into one line.</summary>
internal static class UsageErrors
{
    /// <summary>The first fault of a command line, with the nearest name where a name is unknown.</summary>
    public static UsageException From(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string help = $"seglstm{Words(command)} --help";
        if (result.UnmatchedTokens.Count > 0)
        {
            string word = result.UnmatchedTokens[0];
            bool isOption = word.StartsWith('-');
            IEnumerable<string> known = isOption
                ? OptionsOf(command).SelectMany(option => option.Aliases.Prepend(option.Name))
                : command.Subcommands.Select(child => child.Name);
            string kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return new UsageException($"unknown {kind} '{word}'{Suggestions.Phrase(word, known)}. See: {help}");
        }

        ParseError error = result.Errors[0];
        return new UsageException($"{error.Message.TrimEnd('.')}. See: {help}");
    }

    // The words that lead to a command, each with a space before it; none for the root.
    private static string Words(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Words(parent)} {command.Name}" : "";

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(
            command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));
}
