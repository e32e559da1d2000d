using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.NameMaps;

/// <summary>One rule of a <see cref="NameMap"/>.</summary>
internal abstract partial class NameRule
{
    // Names are the file's, patterns are ours: a name that takes long is a name to refuse.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>The names and tensors after this rule.</summary>
    public abstract List<KeyValuePair<string, Tensor>> Apply(List<KeyValuePair<string, Tensor>> state);

    /// <summary>What a name becomes, null where it goes; rules that make tensors leave names alone.</summary>
    public virtual string? Rename(string name) => name;

    /// <summary>A pattern of a map.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    protected static Regex Pattern(string text) => new(text, RegexOptions.CultureInvariant, MostTime);

    /// <summary>The new name of a match.</summary>
    protected static string Expand(Match match, string to) =>
        Half().Replace(match.Result(to), half => $"{Number(match.Groups[Number(half.Groups[1])]) / 2}");

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(\d)/2\}")]
    private static partial Regex Half();

    /// <summary>Replaces what a pattern matches, everywhere in a name.</summary>
    internal sealed class Renaming(string pattern, string to) : NameRule
    {
        private readonly Regex regex = Pattern(pattern);

        public override List<KeyValuePair<string, Tensor>> Apply(List<KeyValuePair<string, Tensor>> state) =>
            state.ConvertAll(entry => new KeyValuePair<string, Tensor>(Rename(entry.Key), entry.Value));

        public override string Rename(string name) => regex.Replace(name, match => Expand(match, to));
    }

    /// <summary>Drops names that match, or those that do not.</summary>
    internal sealed class Dropping(string pattern, bool isMatchKept) : NameRule
    {
        private readonly Regex regex = Pattern(pattern);

        public override List<KeyValuePair<string, Tensor>> Apply(List<KeyValuePair<string, Tensor>> state) =>
            state.FindAll(entry => regex.IsMatch(entry.Key) == isMatchKept);

        public override string? Rename(string name) => regex.IsMatch(name) == isMatchKept ? name : null;
    }

    /// <summary>Joins the tensors that come to one name, in the order of the patterns; the joined one stands where the first part
    /// stood.</summary>
    internal sealed class Joining(IReadOnlyList<string> patterns, string to, int dimension) : NameRule
    {
        private readonly Regex[] regexes = [.. patterns.Select(Pattern)];

        public override List<KeyValuePair<string, Tensor>> Apply(List<KeyValuePair<string, Tensor>> state)
        {
            var parts = new Dictionary<string, Tensor?[]>(StringComparer.Ordinal);
            var result = new List<KeyValuePair<string, Tensor?>>();
            foreach (var (name, tensor) in state)
            {
                var index = Array.FindIndex(regexes, regex => regex.IsMatch(name));
                var target = index < 0 ? name : regexes[index].Replace(name, match => Expand(match, to));
                if (index < 0)
                {
                    result.Add(new(name, tensor));
                    continue;
                }

                if (!parts.TryGetValue(target, out var found))
                {
                    parts.Add(target, found = new Tensor?[regexes.Length]);
                    result.Add(new(target, null));
                }

                found[index] = tensor;
            }

            return result.ConvertAll(entry =>
                new KeyValuePair<string, Tensor>(entry.Key, entry.Value ?? Joined(entry.Key, parts[entry.Key])));
        }

        private Tensor Joined(string name, Tensor?[] parts)
        {
            var missing = Array.IndexOf(parts, null);
            if (missing >= 0)
            {
                throw new ArgumentException(
                    $"'{Printable.Of(name)}' is joined of {parts.Length} tensors, but the checkpoint has none that matches "
                        + $"{regexes[missing]} for it.");
            }

            if (parts.Any(part => part!.ndim != parts[0]!.ndim || part.ndim <= dimension
                || Enumerable.Range(0, (int)part.ndim).Any(d => d != dimension && part.shape[d] != parts[0]!.shape[d])))
            {
                throw new ArgumentException(
                    $"'{Printable.Of(name)}' cannot be joined along dimension {dimension}: its parts have the shapes "
                    + string.Join(", ", parts.Select(part => $"({string.Join(", ", part!.shape)})")) + ".");
            }

            return cat([.. parts.Select(part => part!)], dimension);
        }
    }

    /// <summary>Changes the elements of the tensors whose names match.</summary>
    internal sealed class Changing(string pattern, string what, Func<Tensor, Tensor?> change) : NameRule
    {
        private readonly Regex regex = Pattern(pattern);

        public override List<KeyValuePair<string, Tensor>> Apply(List<KeyValuePair<string, Tensor>> state) =>
            state.ConvertAll(entry => regex.IsMatch(entry.Key) ? new(entry.Key, Changed(entry.Key, entry.Value)) : entry);

        private Tensor Changed(string name, Tensor tensor) => change(tensor) ?? throw new ArgumentException(
            $"'{Printable.Of(name)}' has the shape ({string.Join(", ", tensor.shape)}), which {what} does not take.");
    }
}
