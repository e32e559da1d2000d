using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>What a sequence is made of: the patches of a grid, row by row, with learned tokens between them.</summary>
/// <remarks>
/// Reading by columns moves the patches and leaves the learned tokens at their places: they are on no grid. That rule is ours;
/// the ViL training code reads by columns only where there are no such tokens.
/// </remarks>
public sealed class TokenLayout
{
    private readonly long[] extra;

    /// <summary>Describes a sequence.</summary>
    /// <param name="grid">Grid of the patches.</param>
    /// <param name="extra">Places of the learned tokens in the sequence, ascending.</param>
    /// <exception cref="ArgumentException">The places are not ascending, or outside of the sequence.</exception>
    public TokenLayout(TokenGrid grid, params long[] extra)
    {
        (Grid, this.extra) = (grid, extra);
        var ascending = extra.Zip(extra.Skip(1)).All(two => two.First < two.Second);
        if (extra.Length > 0 && (!ascending || extra[0] < 0 || extra[^1] >= Tokens))
        {
            throw new ArgumentException(
                $"Expected ascending places from 0 to {Tokens - 1}, got [{string.Join(", ", extra)}].", nameof(extra));
        }
    }

    /// <summary>Grid of the patches.</summary>
    public TokenGrid Grid { get; }

    /// <summary>Places of the learned tokens.</summary>
    public IReadOnlyList<long> Extra => extra;

    /// <summary>Length of the sequence.</summary>
    public long Tokens => Grid.Tokens + extra.Length;

    /// <summary>The same sequence read backwards.</summary>
    public TokenLayout Reversed => new(Grid, [.. extra.Reverse().Select(place => Tokens - 1 - place)]);

    /// <summary>The same sequence read column by column.</summary>
    public TokenLayout ByColumns => new(new TokenGrid(Grid.Columns, Grid.Rows), extra);

    /// <summary>The patches alone: <c>(B, Tokens, D)</c> to <c>(B, rows · columns, D)</c>.</summary>
    public Tensor Patches(Tensor x) => extra.Length == 0 ? x.alias() : Select(x, Places().Where(place => !extra.Contains(place)));

    /// <summary>The learned tokens alone: <c>(B, Tokens, D)</c> to <c>(B, n, D)</c>.</summary>
    public Tensor ExtraTokens(Tensor x) => Select(x, extra);

    /// <summary>Puts learned tokens between patches.</summary>
    /// <param name="patches"><c>(B, rows · columns, D)</c>.</param>
    /// <param name="tokens"><c>(B, n, D)</c>.</param>
    /// <returns><c>(B, Tokens, D)</c>.</returns>
    public Tensor Join(Tensor patches, Tensor tokens)
    {
        using var all = cat([patches, tokens], 1);
        var (patch, token) = (0L, Grid.Tokens);
        return Select(all, [.. Places().Select(place => extra.Contains(place) ? token++ : patch++)]);
    }

    /// <summary>Brings the patches into the order of their columns: <c>(B, Tokens, D)</c> to the same. The way back is
    /// <c>layout.ByColumns.ToColumns(x)</c>.</summary>
    public Tensor ToColumns(Tensor x)
    {
        using var scope = NewDisposeScope();
        var turned = Patches(x).unflatten(1, Grid.Rows, Grid.Columns).transpose(1, 2).flatten(1, 2);
        return (extra.Length == 0 ? turned : Join(turned, ExtraTokens(x))).MoveToOuterDisposeScope();
    }

    private IEnumerable<long> Places()
    {
        for (var place = 0L; place < Tokens; place++)
        {
            yield return place;
        }
    }

    private static Tensor Select(Tensor x, IEnumerable<long> places)
    {
        using var index = tensor(places.ToArray(), device: x.device);
        return x.index_select(1, index);
    }
}
