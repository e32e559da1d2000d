using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models;

/// <summary>A table that translates the names in another source's checkpoints. The first pattern that matches decides; a name
/// that none matches stays.</summary>
/// <param name="rows">A regular expression and what replaces its match; null: the entry is left out.</param>
public sealed class CheckpointNames(params (string Pattern, string? Replacement)[] rows)
{
    private readonly (Regex Pattern, string? Replacement)[] rows =
        [.. rows.Select(row => (new Regex(row.Pattern, RegexOptions.CultureInvariant), row.Replacement))];

    /// <summary>The new name, or null for an entry to leave out.</summary>
    public string? Translate(string name)
    {
        foreach (var (pattern, replacement) in rows)
        {
            if (pattern.IsMatch(name))
            {
                return replacement is null ? null : pattern.Replace(name, replacement);
            }
        }

        return name;
    }

    /// <summary>A checkpoint under the new names, without the entries that are left out.</summary>
    public Dictionary<string, Tensor> Translate(IReadOnlyDictionary<string, Tensor> checkpoint)
    {
        var translated = new Dictionary<string, Tensor>(checkpoint.Count);
        foreach (var (name, value) in checkpoint)
        {
            if (Translate(name) is { } own)
            {
                translated[own] = value;
            }
        }

        return translated;
    }
}
