using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Magics;

/// <summary>A magic in a cell, with its options.</summary>
/// <param name="Magic">What is called.</param>
/// <param name="Line">Its line in the cell, counted from 1.</param>
/// <param name="Options">Option names to values; flags have none.</param>
/// <param name="WantsHelp">Called with `-h` or `--help`.</param>
internal sealed record MagicCall(Magic Magic, int Line, IReadOnlyDictionary<string, MagicToken?> Options, bool WantsHelp)
{
    /// <summary>Reads the line of a magic.</summary>
    /// <exception cref="MagicException">The line is not as the magic wants it.</exception>
    public static MagicCall Parse(string text, int line)
    {
        var name = MagicLine.NameOf(text);
        var magic = MagicTable.Find(name) ?? throw Unknown(name, line, text);
        var tokens = MagicLine.TokensOf(text);
        var options = new Dictionary<string, MagicToken?>();
        if (tokens.Any(token => token is { Kind: MagicTokenKind.Option, Text: "-h" or "--help" }))
        {
            return new MagicCall(magic, line, options, WantsHelp: true);
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind != MagicTokenKind.Option)
            {
                var unnamed = magic.Options.FirstOrDefault(option => option.Unnamed && !options.ContainsKey(option.Name))
                    ?? throw new MagicException($"#!{name} takes no value {text[token.Start..token.End]} here. {magic.Help()}",
                        text, line, token.Start);
                options[unnamed.Name] = token;
                continue;
            }

            var option = magic.Option(token.Text) ?? throw UnknownOption(magic, token, text, line);
            if (options.ContainsKey(option.Name))
            {
                throw new MagicException($"{option.Name} stands twice", text, line, token.Start);
            }

            if (option.Flag)
            {
                options[option.Name] = null;
            }
            else if (i + 1 < tokens.Count && tokens[i + 1].Kind != MagicTokenKind.Option)
            {
                options[option.Name] = tokens[++i];
            }
            else
            {
                throw new MagicException($"{option.Name} wants a value: {option.Summary}", text, line, token.Start);
            }
        }

        var missing = magic.Options.Where(option => option.Required && !options.ContainsKey(option.Name)).ToList();
        return missing is []
            ? new MagicCall(magic, line, options, WantsHelp: false)
            : throw new MagicException(
                $"#!{name} wants {string.Join(" and ", missing.Select(option => option.Name))}. {magic.Help()}",
                text, line, text.Length);
    }

    private static MagicException Unknown(string name, int line, string text)
    {
        var nearest = MagicTable.Nearest(name);
        var advice = nearest is null ? "#!lsmagic lists those that there are." : $"Do you mean #!{nearest}?";
        return new MagicException($"there is no magic #!{name}. {advice}", text, line, 0);
    }

    private static MagicException UnknownOption(Magic magic, MagicToken token, string text, int line)
    {
        var nearest = NearestName.Of(token.Text, magic.Options.Select(option => option.Name));
        var advice = nearest is null ? magic.Help() : $"Do you mean {nearest}?";
        return new MagicException($"#!{magic.Name} has no option {token.Text}. {advice}", text, line, token.Start);
    }
}
