using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>
/// What a notebook's cells depend on besides their text: this kernel, the DLLs that `#r` names with those beside them, and the
/// files of `#load` and `#!import`. Files that the code itself opens are not known.
/// </summary>
internal static partial class RunInputs
{
    /// <summary>One hash of them all.</summary>
    public static string Hash(NotebookDocument notebook, string folder)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (NotebookCell cell in notebook.Cells.Where(NotebookRunner.IsProgram))
        {
            foreach (Match reference in References().Matches(cell.Source))
            {
                string name = reference.Groups["path"].Value.Trim();
                if (name.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)) continue;
                string file = Path.GetFullPath(name, folder);
                if (File.Exists(file)) files.UnionWith(reference.Groups["word"].Value == "r" ? Beside(file) : [file]);
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(RunInputs).Assembly.ManifestModule.ModuleVersionId.ToByteArray());
        foreach (string file in files)
        {
            using FileStream content = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Beside(string dll) => Directory.EnumerateFiles(Path.GetDirectoryName(dll)!, "*.dll");

    [GeneratedRegex("""^\s*#!?(?<word>r|load|import)\s+"?(?<path>[^"\r\n]+)"?""", RegexOptions.Multiline)]
    private static partial Regex References();
}
