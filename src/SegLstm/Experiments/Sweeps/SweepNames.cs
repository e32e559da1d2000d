using System.Security.Cryptography;
using System.Text;

namespace SegLstm.Experiments.Sweeps;

/// <summary>Folder names of points: readable, the same on every machine, and different for different points.</summary>
internal static class SweepNames
{
    // A folder's name may have 255 bytes; whole paths are limited too.
    private const int Longest = 96;

    /// <summary>The name of a run.</summary>
    /// <param name="parts">What the point is: "key=value", or a name.</param>
    /// <param name="seed">The run's seed.</param>
    public static string Of(IReadOnlyList<string> parts, long seed) =>
        Path.Combine(parts.Count == 0 ? "base" : Safe(string.Join("+", parts)), $"seed-{seed}");

    /// <summary>The short form of a path: its last word.</summary>
    public static string Short(string path) => path[(path.LastIndexOf('.') + 1)..];

    // What had to be changed or cut gets a mark of what it was, so that no two become one.
    private static string Safe(string text)
    {
        string plain = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || "._=+-".Contains(c) ? c : '-'));
        if (plain == text && text.Length <= Longest && text[0] is not ('.' or '-')) return text;
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
        return $"{plain.TrimStart('.', '-')[..Math.Min(plain.TrimStart('.', '-').Length, Longest)]}-{mark}";
    }
}
