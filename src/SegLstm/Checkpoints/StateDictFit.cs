using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>How a state dict fits a module: all that is wrong with it at once, not only the first of it.</summary>
/// <param name="Missing">Names that the module has and the state dict lacks.</param>
/// <param name="Unexpected">Names that the state dict has and the module lacks.</param>
/// <param name="Misshaped">Tensors of the module for which the state dict has one of another shape.</param>
public sealed record StateDictFit(
    IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<MisshapedTensor> Misshaped)
{
    private const int MostListed = 10;

    /// <summary>Whether all names and shapes are the same.</summary>
    public bool IsExact => Missing.Count + Unexpected.Count + Misshaped.Count == 0;

    /// <summary>Compares a state dict with a module, without changing either.</summary>
    /// <param name="module">What it is to be loaded into.</param>
    /// <param name="source">Tensors by name.</param>
    /// <param name="skip">Names that are not compared.</param>
    public static StateDictFit Of(nn.Module module, IReadOnlyDictionary<string, Tensor> source, IEnumerable<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var left = new HashSet<string>(skip ?? [], StringComparer.Ordinal);
        var target = module.state_dict();
        return new StateDictFit(
            [.. target.Keys.Where(name => !left.Contains(name) && !source.ContainsKey(name))],
            [.. source.Keys.Where(name => !left.Contains(name) && !target.ContainsKey(name))],
            [.. target.Where(entry =>
                !left.Contains(entry.Key) && source.TryGetValue(entry.Key, out var given)
                && !given.shape.SequenceEqual(entry.Value.shape))
                .Select(entry => new MisshapedTensor(entry.Key, entry.Value.shape, source[entry.Key].shape))]);
    }

    /// <summary>Refuses a state dict that does not fit: with <paramref name="strict"/> for any difference, else for shapes
    /// alone.</summary>
    /// <exception cref="StateDictException">It does not fit; the message and <see cref="StateDictException.Fit"/> tell all of
    /// it.</exception>
    public static void Require(nn.Module module, IReadOnlyDictionary<string, Tensor> source, bool strict,
        IEnumerable<string>? skip)
    {
        var fit = Of(module, source, skip);
        if (strict ? !fit.IsExact : fit.Misshaped.Count > 0)
        {
            throw new StateDictException(module.GetName(), fit);
        }
    }

    /// <summary>All differences in words, each kind with its count and its first names.</summary>
    public override string ToString() => IsExact ? "all names and shapes fit" : string.Join("; ", new[]
    {
        Listed("missing", Missing), Listed("unexpected", Unexpected),
        Listed("of another shape", [.. Misshaped.Select(tensor => $"{tensor}")]),
    }.Where(part => part.Length > 0));

    private static string Listed(string kind, IReadOnlyList<string> names) => names.Count == 0 ? "" :
        $"{names.Count} {kind}: {string.Join(", ", names.Take(MostListed).Select(name => Printable.Of(name)))}"
        + (names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");
}
