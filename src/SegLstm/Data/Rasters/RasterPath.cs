using System.Text.RegularExpressions;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Lets only plain paths of existing, readable files through to GDAL, which would take a name for much more: <c>/vsicurl/…</c> is
/// a download, <c>VRT://</c> a program of sorts, a name starting with &lt; an XML document, <c>NETCDF:file:name</c> another driver.
/// </summary>
internal static partial class RasterPath
{
    /// <summary>Checks the name, opens the file once in managed code, and returns its full path and its length in bytes.</summary>
    /// <exception cref="RasterException">The name is no plain path, or the file has no bytes.</exception>
    /// <exception cref="FileNotFoundException">There is no such file (or <see cref="DirectoryNotFoundException"/>).</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    internal static (string Path, long Length) Readable(string name)
    {
        string path = Plain(name);
        if (Directory.Exists(path))
            throw new UnauthorizedAccessException($"'{name}' is a folder: give the file in it that holds the raster.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no raster '{name}' (looked at {path}).", path);
        if (new FileInfo(path).Length == 0)
            throw new RasterException(RasterError.Empty, $"'{name}' has no bytes: it is empty, or no regular file.");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return (path, file.Length);
    }

    /// <summary>The full path of a plain name.</summary>
    /// <exception cref="RasterException">The name is no plain path.</exception>
    internal static string Plain(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.TrimStart().StartsWith('<') || name.Contains('\0', StringComparison.Ordinal) || Scheme().IsMatch(name))
            throw Forbidden(name);
        string path = Path.GetFullPath(name);
        return Virtual().IsMatch(name) || Virtual().IsMatch(path) ? throw Forbidden(name) : path;
    }

    private static RasterException Forbidden(string name) => new(
        RasterError.ForbiddenName,
        $"'{(name.Length > 80 ? name[..80] + "…" : name)}' is no plain file name: URLs, virtual file systems, driver prefixes and inline "
        + "documents are refused. Download or unpack the file first and give its path.");

    // A word of two letters or more before a colon: http:, GTIFF_DIR:, VRT:. One letter is a drive of Windows.
    [GeneratedRegex(@"^\s*[A-Za-z][A-Za-z0-9_+.\-]+:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^\s*[/\\]+vsi", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Virtual();
}
