using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>Reads `project.assets.json`, in which a restore says which files of which packages it chose.</summary>
internal static class PackageAssets
{
    /// <summary>The packages of a restore for one framework and one runtime.</summary>
    /// <param name="path">The assets file.</param>
    /// <param name="target">Framework and runtime as the file names them, such as `net10.0/linux-x64`.</param>
    /// <exception cref="PackageRestoreException">The file has no such target.</exception>
    public static IReadOnlyList<RestoredPackage> Read(string path, string target)
    {
        JsonNode assets = JsonNode.Parse(File.ReadAllText(path))!;
        string[] folders = [.. assets["packageFolders"]!.AsObject().Select(folder => folder.Key)];
        JsonObject chosen = assets["targets"]![target]?.AsObject()
            ?? throw new PackageRestoreException($"the restore answered for other targets than {target}");
        return
        [
            .. from package in chosen
               where package.Value!["type"]?.GetValue<string>() == "package"
               let folder = Folder(folders, assets["libraries"]![package.Key]!["path"]!.GetValue<string>())
               let slash = package.Key.IndexOf('/')
               select new RestoredPackage(
                   package.Key[..slash],
                   package.Key[(slash + 1)..],
                   Files(package.Value, "compile", folder),
                   Files(package.Value, "runtime", folder),
                   Files(package.Value, "native", folder)),
        ];
    }

    private static string Folder(string[] folders, string path) =>
        folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists)
        ?? throw new PackageRestoreException($"the package {path} is in none of {string.Join(", ", folders)}");

    // A package that has nothing for a purpose says so with a file named "_._".
    private static string[] Files(JsonNode package, string purpose, string folder) =>
        package[purpose] is not JsonObject files
            ? []
            : [.. files.Select(file => file.Key).Where(file => !file.EndsWith("_._", StringComparison.Ordinal))
                .Select(file => Path.GetFullPath(Path.Combine(folder, file)))];
}
