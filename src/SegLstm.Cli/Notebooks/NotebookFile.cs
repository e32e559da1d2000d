using SegLstm.Jupyter.Installation;
using SegLstm.Jupyter.Notebooks;

namespace SegLstm.Cli.Notebooks;

/// <summary>A notebook that is to run.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Document">What it holds.</param>
internal sealed record NotebookFile(string Path, NotebookDocument Document)
{
    /// <summary>Its file name without `.ipynb`, by which its results are called.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its folder, in which it runs.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <summary>Reads notebooks, so that one that cannot run is found before any has.</summary>
    /// <param name="files">What the user gave.</param>
    /// <param name="results">The folder that their results go to.</param>
    /// <exception cref="UsageException">One cannot be read, is not in C#, or would be overwritten by its own or another's
    /// results.</exception>
    public static IReadOnlyList<NotebookFile> ReadAll(string[] files, string results)
    {
        var notebooks = new List<NotebookFile>();
        foreach (string file in files)
        {
            if (Directory.Exists(file))
                throw new UsageException($"{file} is a folder: give its notebooks, {System.IO.Path.Combine(file, "*.ipynb")}");
            Require.File(file, "notebook");
            if (!file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
                throw new UsageException($"{file}: expected a notebook, a file called NAME.ipynb");
            var notebook = new NotebookFile(file, NotebookDocument.Read(file));
            if (LiesIn(results, notebook))
            {
                throw new UsageException(
                    $"--out {results} is the folder of {file}: results would overwrite the notebook; choose another folder");
            }

            if (notebook.Name.Equals("index", StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException(
                    $"{file}: its page would be index.html, which is the list of all pages; give the notebook another name");
            }

            if (notebooks.FirstOrDefault(other => other.Name == notebook.Name) is { } twin)
            {
                throw new UsageException(
                    $"{twin.Path} and {file} have one name, and so would their results: run them into two folders");
            }

            if (Foreign(notebook.Document) is { } kernel)
            {
                throw new UsageException($"{file} is a notebook for '{kernel}': expected one in C# (kernel .net-csharp)");
            }

            CellLanguages.Check(file, notebook.Document);
            notebooks.Add(notebook);
        }

        return notebooks;
    }

    // By the names behind all links: the folder may be the same under two names, and the notebook a link into it.
    private static bool LiesIn(string folder, NotebookFile notebook)
    {
        string real = RealPath.Of(folder);
        return real == RealPath.Of(notebook.Folder)
            || real == System.IO.Path.GetDirectoryName(RealPath.Of(notebook.Path));
    }

    // Files that name no language are taken for C#.
    private static string? Foreign(NotebookDocument document)
    {
        (string? kernel, string? language) = (document.KernelName, document.Language);
        bool isOurs = kernel is KernelSpecs.Name or KernelSpecs.CompatibleName
            || (language is null ? kernel is null : language.ToLowerInvariant() is "c#" or "csharp" or "polyglot-notebook");
        return isOurs ? null : kernel ?? language;
    }
}
