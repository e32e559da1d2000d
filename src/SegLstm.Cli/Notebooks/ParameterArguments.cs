using SegLstm.Jupyter.Notebooks.Parameters;

namespace SegLstm.Cli.Notebooks;

/// <summary>The values of `--parameters`.</summary>
internal static class ParameterArguments
{
    /// <summary>The notebooks with the values in them that they take.</summary>
    /// <exception cref="UsageException">An argument is no NAME=VALUE, or no notebook knows the name.</exception>
    /// <exception cref="ParameterException">A value is not of its parameter's type.</exception>
    public static IReadOnlyList<NotebookFile> Apply(IReadOnlyList<NotebookFile> notebooks, string[] arguments)
    {
        if (arguments.Length == 0) return notebooks;
        var values = new Dictionary<string, string>();
        foreach (string argument in arguments)
        {
            int cut = argument.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0) throw new UsageException($"--parameters {argument}: expected NAME=VALUE");
            if (!values.TryAdd(argument[..cut].Trim(), argument[(cut + 1)..]))
                throw new UsageException($"--parameters names {argument[..cut]} twice");
        }

        var known = notebooks.Select(
            notebook => (Notebook: notebook, Names: ParameterCell.Read(notebook.Document).Select(p => p.Name).ToHashSet()))
            .ToArray();
        foreach (string name in values.Keys.Where(name => known.All(entry => !entry.Names.Contains(name))))
        {
            string[] names = [.. known.SelectMany(entry => entry.Names).Distinct()];
            string files = string.Join(", ", notebooks.Select(notebook => notebook.Path));
            throw new UsageException(names.Length == 0
                ? $"{files}: no parameters can be set, for there is no code cell tagged 'parameters'"
                : $"there is no parameter '{name}' in {files}{Suggestions.Phrase(name, names)}; there are: "
                    + $"{string.Join(", ", names)}");
        }

        return [.. known.Select(entry => entry.Notebook with
        {
            Document = ParameterCell.Inject(
                entry.Notebook.Document, values.Where(value => entry.Names.Contains(value.Key)).ToDictionary(
                    value => value.Key, value => value.Value)),
        })];
    }
}
