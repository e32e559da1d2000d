using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>Gets NuGet packages and all that they depend on, through the SDK's own `dotnet restore`.</summary>
/// <remarks>
/// All requests of a session are restored together, so that one version of each package serves them all. Requests for exact
/// versions are answered from the user's cache folder where they were answered before; others ask the sources each time.
/// </remarks>
/// <param name="cacheFolder">Where answers are remembered; null takes the user's cache folder.</param>
public sealed class PackageRestore(string? cacheFolder = null)
{
    private readonly RestoreCache cache = new(cacheFolder ?? RestoreCache.DefaultFolder);

    /// <summary>Restores packages, with a line of progress in the cell's output where that takes time.</summary>
    /// <param name="requests">All packages that the session has asked for, the new ones included.</param>
    /// <param name="sources">Feeds or folders beside those that NuGet is configured for.</param>
    /// <param name="output">Where progress is shown.</param>
    /// <param name="interrupt">Ends the restore.</param>
    /// <returns>The requested packages and their dependencies.</returns>
    /// <exception cref="PackageRestoreException">A package or version cannot be had; nothing has changed.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public async Task<IReadOnlyList<RestoredPackage>> RestoreAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, ICellOutput output, CancellationToken interrupt)
    {
        string key = RestoreCache.KeyOf(requests, sources);
        if (requests.All(request => request.IsExact) && cache.Find(key) is { } known) return known;

        using var progress = new RestoreProgress(output, requests);
        string folder = Directory.CreateTempSubdirectory("seglstm-packages-").FullName;
        try
        {
            await RestoreProcess.RunAsync(RestoreProject.Write(folder, requests, sources), interrupt);
            IReadOnlyList<RestoredPackage> packages = PackageAssets.Read(
                Path.Combine(folder, "obj", "project.assets.json"), $"{RestoreProject.Framework}/{RestoreProject.Runtime}");
            cache.Keep(key, packages);
            progress.End($"restored {Requested(requests, packages)}");
            return packages;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Requested(IReadOnlyList<PackageRequest> requests, IReadOnlyList<RestoredPackage> packages)
    {
        var names = requests.Select(request => request.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return string.Join(
            "; ", from package in packages where names.Contains(package.Name) select $"{package.Name}, {package.Version}");
    }
}
