using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.Assemblies;
using SegLstm.Jupyter.Languages.CSharp;
using SegLstm.Jupyter.Languages.FSharp;
using SegLstm.Jupyter.Languages.Packages;
using SegLstm.Jupyter.Languages.Sql;
using SegLstm.Jupyter.Languages.Text;

namespace SegLstm.Jupyter.Sessions;

/// <summary>The languages of a session. Each starts at its first use: the compiler of F# and the database are large.</summary>
internal sealed class LanguageSet : IDisposable
{
    private readonly Dictionary<string, Lazy<ILanguage>> languages = [];
    private readonly ReferencedAssemblies assemblies;

    public LanguageSet(SessionOptions options)
    {
        assemblies = new ReferencedAssemblies(options.WorkingDirectory);
        var references = new CellReferences(assemblies, new PackageRestore());
        Add("csharp", () => new CSharpLanguage(options, references));
        Add("fsharp", () => new FSharpLanguage(assemblies, references));
        Add("sql", () => new SqlLanguage(options, () =>
            Started.Where(other => other.Name is "csharp" or "fsharp").SelectMany(other => other.Variables)));
        Add("html", () => new HtmlLanguage());
        Add("javascript", () => new JavaScriptLanguage());
        Add("markdown", () => new MarkdownLanguage());
        Add("mermaid", () => new MermaidLanguage());
        Add("value", () => new ValueLanguage());
    }

    /// <summary>The names of all languages.</summary>
    public IReadOnlyCollection<string> Names => languages.Keys;

    /// <summary>The languages that have been used.</summary>
    public IEnumerable<ILanguage> Started =>
        languages.Values.Where(language => language.IsValueCreated).Select(language => language.Value);

    /// <summary>The language of a name, started if need be.</summary>
    public ILanguage this[string name] => languages[name].Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var language in Started.Reverse())
        {
            language.Dispose();
        }

        assemblies.Dispose();
    }

    private void Add(string name, Func<ILanguage> create) => languages.Add(name, new Lazy<ILanguage>(create));
}
