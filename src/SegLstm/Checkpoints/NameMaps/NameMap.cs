using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints.NameMaps;

/// <summary>
/// How the names of one source's checkpoints become those of another: data, not code (the .json files beside this class). Rules
/// are taken in order, each on what the one before has left; names that no rule touches stay.
/// </summary>
/// <remarks>
/// <code>
/// var state = NameMap.Get("timm-vit").Apply(Checkpoint.Load("deit_small.pth"));
/// </code>
/// A rule is one of: <c>{"rename": pattern, "to": text}</c>; <c>{"drop": pattern}</c>; <c>{"keep": pattern}</c>, which drops all
/// else; <c>{"concat": [patterns], "to": text, "dimension": 0}</c>, which joins the tensors that have the same new name in the
/// order of the patterns; <c>{"transpose": pattern, "dimensions": [0, 1]}</c>; <c>{"operation": name, "on": pattern}</c>
/// (<see cref="TensorOperations"/>); <c>{"include": map}</c>. Patterns are .NET regular expressions; in a new name <c>$1</c> is a
/// group, <c>{1/2}</c> half of the number in it.
/// </remarks>
public sealed class NameMap
{
    private const string Folder = "NameMaps/", Extension = ".json";

    private static readonly ConcurrentDictionary<string, NameMap> Known = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<NameRule> rules;

    internal NameMap(string name, string about, string source, IReadOnlyList<NameRule> rules) =>
        (Name, About, Source, this.rules) = (name, about, source, rules);

    /// <summary>The names of all maps.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>From what to what, in one sentence.</summary>
    public string About { get; }

    /// <summary>Where its rules are from.</summary>
    public string Source { get; }

    /// <summary>A map of the library.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public static NameMap Get(string name) => Known.GetOrAdd(name, static key =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + key + Extension)
            ?? throw new ArgumentException($"There is no name map '{key}': expected one of {string.Join(", ", Names)}.",
                nameof(name));
        return NameMapReader.Read(key, stream);
    });

    /// <summary>Maps a state dict.</summary>
    /// <param name="source">Tensors by name; they stay the caller's.</param>
    /// <returns>Tensors by their new names. Those whose elements did not change are the source's own; the others are
    /// new.</returns>
    /// <exception cref="ArgumentException">Two tensors come to one name, a part of a joined tensor is missing, or a tensor has
    /// another shape than an operation takes; the message names it.</exception>
    public Dictionary<string, Tensor> Apply(IEnumerable<KeyValuePair<string, Tensor>> source)
    {
        using var scope = NewDisposeScope();
        var given = source.ToList();
        var state = given;
        foreach (var rule in rules)
        {
            state = rule.Apply(state);
        }

        var mapped = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in state)
        {
            if (!mapped.TryAdd(name, tensor))
            {
                throw new ArgumentException(
                    $"The name map {Name} gives two tensors the name '{Printable.Of(name)}': the checkpoint is not of its kind.");
            }
        }

        var own = given.Select(entry => entry.Value).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var tensor in mapped.Values.Where(tensor => !own.Contains(tensor)))
        {
            tensor.MoveToOuterDisposeScope();
        }

        return mapped;
    }

    /// <summary>The new name of a tensor that no rule joins with others; null where it is dropped.</summary>
    /// <param name="name">A name of the source.</param>
    public string? Rename(string name) =>
        rules.Aggregate((string?)name, (current, rule) => current is null ? null : rule.Rename(current));

    internal IReadOnlyList<NameRule> Rules => rules;
}
