using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Magics;

/// <summary>All magics of the kernel.</summary>
internal static class MagicTable
{
    private static readonly MagicOption MimeType =
        new("--mime-type", "pass or show the value in this form, such as application/json") { Values = MagicValues.MimeType };

    /// <summary>All magics, languages first.</summary>
    public static IReadOnlyList<Magic> All { get; } =
    [
        new("csharp", "The lines that follow are C#.") { Language = "csharp", Aliases = ["c#"] },
        new("fsharp", "The lines that follow are F#.") { Language = "fsharp", Aliases = ["f#"] },
        new("sql", "The lines that follow are SQL (DuckDB), over files and shared tables.")
        {
            Language = "sql",
            Options = [new("--name", "keep the table under this name, for #!share and later queries")],
        },
        new("html", "The lines that follow are HTML to show.") { Language = "html" },
        new("javascript", "The lines that follow are a script that runs in the page.")
        {
            Language = "javascript",
            Aliases = ["js"],
        },
        new("markdown", "The lines that follow are Markdown to show.") { Language = "markdown", Aliases = ["md"] },
        new("mermaid", "The lines that follow are a Mermaid diagram.") { Language = "mermaid" },
        new("value", "Keeps the lines that follow, or a file, as text for #!share and #!set.")
        {
            Language = "value",
            Options =
            [
                new("--name", "the name to keep it under") { Required = true },
                new("--from-file", "take the text of this file") { Values = MagicValues.File },
                new("--from-url", "not available: this kernel opens no network connection for it"),
                new("--from-value", "take this value") { Values = MagicValues.Reference },
                MimeType with { Summary = "show the text, in this form" },
            ],
        },
        new("time", "Shows the wall time of the rest of the cell."),
        new("who", "Lists the names of variables."),
        new("whos", "Lists variables with their types and values."),
        new("lsmagic", "Lists the magics."),
        new("about", "Shows the version of this kernel and what it runs on."),
        new("import", "Runs a notebook or a source file, or keeps a data file as a value.")
        {
            Options =
            [
                new("--file", "the file, relative to the notebook")
                {
                    Required = true, Unnamed = true, Values = MagicValues.File,
                },
            ],
        },
        new("share", "Takes a variable of another language, by reference.")
        {
            Options =
            [
                new("--name", "the variable") { Required = true, Unnamed = true, Values = MagicValues.Variable },
                new("--from", "the language that has it; by default the one that has such a variable")
                {
                    Values = MagicValues.Language,
                },
                new("--as", "the name that it gets here; by default its own"),
                MimeType,
            ],
        },
        new("set", "Declares a variable: a literal, another language's variable, or what the person at the front end types.")
        {
            Options =
            [
                new("--name", "the variable") { Required = true },
                new("--value", "text, @language:variable, @input:\"prompt\" or @password:\"prompt\"")
                {
                    Required = true, Values = MagicValues.Reference,
                },
                new("--byref", "by reference, which is always so here") { Flag = true },
                MimeType,
            ],
        },
    ];

    private static readonly Dictionary<string, Magic> Names = All
        .SelectMany(magic => magic.Aliases.Prepend(magic.Name).Select(name => (name, magic)))
        .ToDictionary(pair => pair.name, pair => pair.magic, StringComparer.OrdinalIgnoreCase);

    /// <summary>The magic of a name or an alias, without `#!`; null where there is none.</summary>
    public static Magic? Find(string name) => Names.GetValueOrDefault(name);

    /// <summary>The name or alias that is most like another; null where none is like it.</summary>
    public static string? Nearest(string name) => NearestName.Of(name.ToLowerInvariant(), Names.Keys);
}
