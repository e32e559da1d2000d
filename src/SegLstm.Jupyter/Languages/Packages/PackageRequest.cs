using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Languages.Packages;

/// <summary>A NuGet package that a cell asks for.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">An exact version, a range or a floating version; null takes the newest stable one.</param>
public sealed partial record PackageRequest(string Name, string? Version)
{
    /// <summary>Whether the request names one version, so that an earlier restore still answers it.</summary>
    public bool IsExact => Version is not null && !Version.Contains('*') && !Version.StartsWith('(') && !Version.StartsWith('[');

    /// <summary>Reads what stands after `nuget:` in a directive: `Name` or `Name, Version`.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PackageRequest Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"expected \"nuget: Name, Version\" or \"nuget: Name\", got \"nuget:{text}\"");
        }

        Group version = match.Groups["version"];
        return new PackageRequest(match.Groups["name"].Value, version.Success ? version.Value : null);
    }

    /// <inheritdoc/>
    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";

    // A version, with wildcards or without, or a range in brackets.
    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)\s*(,\s*(?<version>[0-9*][A-Za-z0-9.+*-]*|[\[(][^<>""']*[\])])\s*)?$")]
    private static partial Regex Form();
}
