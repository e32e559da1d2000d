using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SegLstm.Jupyter.Files;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>Remembers which files answered which requests, so that a later session needs neither network nor SDK.</summary>
/// <param name="folder">Where; made where it is missing.</param>
internal sealed class RestoreCache(string folder)
{
    // A file that lacks a part is damaged, and no answer.
    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>The user's cache folder, by the XDG rules.</summary>
    public static string DefaultFolder
    {
        get
        {
            string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(root) || !Path.IsPathRooted(root))
            {
                root = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }

            return Path.Combine(root, "seglstm-jupyter", "packages");
        }
    }

    /// <summary>The remembered answer; null where there is none, or where a file of it is gone.</summary>
    public IReadOnlyList<RestoredPackage>? Find(string key)
    {
        try
        {
            var packages = JsonSerializer.Deserialize<RestoredPackage?[]>(File.ReadAllText(PathOf(key)), Strict);
            RestoredPackage[] whole = [.. (packages ?? []).OfType<RestoredPackage>().Where(package => package.Files().All(File.Exists))];
            return whole.Length == packages?.Length ? whole : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers an answer. A cache that cannot be written costs time later, nothing else.</summary>
    public void Keep(string key, IReadOnlyList<RestoredPackage> packages)
    {
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(PathOf(key), JsonSerializer.Serialize(packages));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>A name for requests, sources and the machine they are restored for.</summary>
    public static string KeyOf(IEnumerable<PackageRequest> requests, IEnumerable<string> sources)
    {
        IEnumerable<string> wanted =
            requests.Select(request => request.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal);
        string text = string.Join('\n', [RestoreProject.Framework, RestoreProject.Runtime, .. wanted, .. sources]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".json");
}
