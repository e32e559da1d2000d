using SegLstm.Data;
using SegLstm.Experiments.Records;
using SegLstm.Experiments.Sweeps;
using SegLstm.Models;

namespace SegLstm.Experiments.Claims;

/// <summary>
/// A claim's folder: <c>claim.yaml</c>, <c>sweep.yaml</c> where it has runs, and in <c>logs</c> the folders of the runs that its
/// numbers are from, without weights, or their scores.
/// </summary>
public sealed class ClaimFolder
{
    private const string ClaimFile = "claim.yaml", SweepFile = "sweep.yaml", LogsFolder = "logs";

    private ClaimFolder(string path)
    {
        Path = path;
        Claim = RecordYaml.Load<Claim>(File(ClaimFile));
        // What cannot be run yet may have no sweep yet.
        if (Claim.Kind is ClaimKind.Runs or ClaimKind.HeldOut && (Claim.Missing.Count == 0 || System.IO.File.Exists(File(SweepFile))))
        {
            Sweep = Sweep.Load(File(SweepFile));
        }

        if (Claim.Kind == ClaimKind.HeldOut && Sweep is { Recipe: var told, Runs.Count: var runs }
            && (runs != told.Seeds.Count || (told.Image ?? told.Collection) is not null || told.Balance))
        {
            throw new RecordException(
                $"{File(SweepFile)}: expected one recipe on an installed scene, without weights of classes, as {ClaimFile} leaves classes out.");
        }
    }

    /// <summary>Where the repository keeps its claims; null where the program is not in one.</summary>
    public static string? Repository =>
        InstalledData.Repository is { } root ? System.IO.Path.Combine(root, "data", "results") : null;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The claim's name: that of the folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The claim.</summary>
    public Claim Claim { get; }

    /// <summary>Its runs; null where it has none.</summary>
    public Sweep? Sweep { get; }

    /// <summary>The folder of the logged runs; it need not exist.</summary>
    public string Logged => File(LogsFolder);

    /// <summary>What stands between this machine and making the claim, in sentences; empty where nothing does.</summary>
    public IReadOnlyList<string> Obstacles =>
    [
        .. Claim.Missing.Select(part => $"this version lacks {part}"),
        .. Claim.Files.Where(file => !System.IO.Path.Exists(File(file)))
            .Select(file => $"there is no {File(file)}{(Claim.Obtain is { } how ? $" ({how})" : "")}"),
    ];

    /// <summary>The claims in a folder, workbook before paper, by name.</summary>
    /// <param name="root">A folder with a folder for each claim.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="RecordException">A claim or a sweep is wrong.</exception>
    public static IReadOnlyList<ClaimFolder> ReadAll(string root) =>
    [
        .. Directory.EnumerateDirectories(System.IO.Path.GetFullPath(root))
            .Where(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, ClaimFile)))
            .Select(folder => new ClaimFolder(folder))
            .OrderBy(folder => folder.Claim.Scale).ThenBy(folder => folder.Name, StringComparer.Ordinal),
    ];

    /// <summary>The claim of a name.</summary>
    /// <param name="claims">The claims to choose from.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none; the message names the nearest and all.</exception>
    public static ClaimFolder Find(IReadOnlyList<ClaimFolder> claims, string name) =>
        claims.FirstOrDefault(claim => claim.Name == name) ?? throw new ArgumentException(
            $"There is no claim '{name}'. Nearest: {claims.MinBy(claim => Catalog.Edits(name, claim.Name))?.Name}. All: "
                + $"{string.Join(", ", claims.Select(claim => claim.Name))}.");

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
