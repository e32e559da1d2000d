namespace SegLstm.Jupyter.Magics;

/// <summary>A magic command: what may stand after `#!` at the start of a line.</summary>
/// <param name="Name">Its name without `#!`.</param>
/// <param name="Summary">A line for `#!lsmagic`.</param>
internal sealed record Magic(string Name, string Summary)
{
    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Its options.</summary>
    public IReadOnlyList<MagicOption> Options { get; init; } = [];

    /// <summary>The language of the lines after it; null where it is a command.</summary>
    public string? Language { get; init; }

    /// <summary>The option of this name; null where it has none.</summary>
    public MagicOption? Option(string name) => Options.FirstOrDefault(option => option.Name == name);

    /// <summary>How to write it, with a line for each option.</summary>
    public string Help()
    {
        var names = string.Join(", ", Aliases.Select(alias => "#!" + alias));
        var head = $"#!{Name}{(names == "" ? "" : $" (also {names})")}: {Summary}";
        return string.Join("\n", Options.Select(Line).Prepend(head));

        static string Line(MagicOption option)
        {
            var value = option.Flag ? "" : option.Unnamed ? " VALUE (or VALUE alone)" : " VALUE";
            return $"  {option.Name}{value}: {option.Summary}{(option.Required ? " (required)" : "")}";
        }
    }
}
