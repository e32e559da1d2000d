using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.CSharp;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Magics;

/// <summary>Completes magics: their names, their options, and what their options take.</summary>
internal sealed class MagicCompletion(LanguageSet languages, SessionOptions options)
{
    private static readonly string[] MimeTypes = ["application/json", "text/html", "text/plain"];

    /// <summary>What could stand at a position of a magic's line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where it begins in the cell.</param>
    /// <param name="position">A place in the cell.</param>
    /// <param name="language">The language of the lines around it.</param>
    public CompletionList Complete(string line, int start, int position, string language)
    {
        var typed = line[..Math.Min(position - start, line.Length)];
        if (typed.Length < 2)
        {
            return CompletionList.Empty(position);
        }

        var name = MagicLine.NameOf(typed);
        if (2 + name.Length >= typed.Length)
        {
            return List(start, position, typed, MagicTable.All
                .SelectMany(magic => magic.Aliases.Prepend(magic.Name)
                    .Select(known => new Completion("#!" + known, "magic", magic.Summary))));
        }

        if (MagicTable.Find(name) is not { } magic)
        {
            return CompletionList.Empty(position);
        }

        var tokens = MagicLine.TokensOf(typed);
        var current = char.IsWhiteSpace(typed[^1]) ? null : tokens[^1];
        var before = current is null ? tokens : [.. tokens.SkipLast(1)];
        var from = current is null ? position : start + current.Start;
        var prefix = current is null ? "" : typed[current.Start..];
        if (before.LastOrDefault() is { Kind: MagicTokenKind.Option } last && magic.Option(last.Text) is { Flag: false } option)
        {
            return List(from, position, prefix, Values(option, before, language));
        }

        var used = before.Where(token => token.Kind == MagicTokenKind.Option).Select(token => token.Text).ToHashSet();
        var free = magic.Options.Where(candidate => !used.Contains(candidate.Name)).ToList();
        return List(from, position, prefix, free.Where(candidate => candidate.Unnamed)
            .SelectMany(candidate => Values(candidate, before, language))
            .Concat(free.Select(candidate => new Completion(candidate.Name, "option", candidate.Summary))));
    }

    private IEnumerable<Completion> Values(MagicOption option, IReadOnlyList<MagicToken> before, string language)
    {
        var from = before.SkipWhile(token => token.Text != "--from").ElementAtOrDefault(1)?.Text;
        var variables = languages.Started
            .Where(other => other.Name != language && (from is null || MagicTable.Find(from)?.Language == other.Name))
            .SelectMany(other => other.Variables.Select(variable => (other.Name, Variable: variable)));
        return option.Values switch
        {
            MagicValues.Variable =>
                variables.Select(known => new Completion(known.Variable.Name, "instance", TypeNames.Short(known.Variable.Type))),
            MagicValues.Reference => variables
                .Select(known => new Completion(
                    $"@{known.Name}:{known.Variable.Name}", "instance", TypeNames.Short(known.Variable.Type)))
                .Append(new Completion("@input:", "keyword", "ask for it"))
                .Append(new Completion("@password:", "keyword", "ask for a secret")),
            MagicValues.Language =>
                languages.Names.Where(known => known != language).Select(known => new Completion(known, "module")),
            MagicValues.MimeType => MimeTypes.Select(type => new Completion(type, "keyword")),
            MagicValues.File => Files(),
            _ => [],
        };
    }

    private IEnumerable<Completion> Files()
    {
        var listing = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        return Directory.EnumerateFiles(options.WorkingDirectory, "*", listing)
            .Take(1000)
            .Select(file => new Completion(Path.GetRelativePath(options.WorkingDirectory, file), "file"));
    }

    private static CompletionList List(int start, int end, string prefix, IEnumerable<Completion> candidates) =>
        new([.. candidates.Where(candidate => candidate.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Text.StartsWith("--", StringComparison.Ordinal))
            .ThenBy(candidate => candidate.Text)], start, end);
}
