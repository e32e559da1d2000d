using static TorchSharp.torch;

namespace SegLstm.Pretraining.Regions;

/// <summary>Picks places that two views of a tile share, one after the other: GLCNet's local matching regions.</summary>
/// <remarks>
/// <para>A view carries an index map: for each of its pixels, the id of the source tile's pixel that it shows. Candidates are the
/// ids that lie in rows and columns <c>[r, side - r)</c> of both views, r half a box. A pick centres a box of
/// <c>2r × 2r</c> on the id's first place (row by row) where a box fits, in each view, and takes the ids in the first view's box
/// off the candidates, so that centres keep apart; the list is kept as it is where less than two would be left. Boxes of two
/// picks may overlap at their corners.</para>
/// <para>Source: GLCNet (arXiv 2106.10605); GeoX-Lab/G-RSIM, <c>utils/data_for_self_GLCNet.py</c>. There a pick is
/// <c>random.sample</c> of a Python set; here who picks says which candidate in rising order.</para>
/// </remarks>
public sealed class RegionSelection
{
    private readonly IndexMap first;
    private readonly IndexMap second;
    private readonly int radius;
    private long[] candidates;

    /// <summary>Finds the candidates.</summary>
    /// <param name="first">Index map <c>(H, W)</c> of the first view: int64.</param>
    /// <param name="second">That of the second view.</param>
    /// <param name="boxSize">Side of a box in pixels of a view: even.</param>
    /// <exception cref="ArgumentException">The box is odd or larger than a view, a map is no int64 matrix, or the views share no
    /// pixel around which a box fits in both.</exception>
    public RegionSelection(Tensor first, Tensor second, int boxSize)
    {
        if (boxSize < 2 || boxSize % 2 != 0)
        {
            throw new ArgumentException($"Expected an even box size of at least 2, got {boxSize}.", nameof(boxSize));
        }

        (this.first, this.second, radius) = (new IndexMap(first), new IndexMap(second), boxSize / 2);
        var shared = this.second.Inside(radius);
        candidates = [.. this.first.Inside(radius).Where(shared.Contains).Order()];
        if (candidates.Length == 0)
        {
            throw new ArgumentException(
                $"The views share no pixel around which a box of {boxSize} x {boxSize} fits in both ({this.first} and "
                + $"{this.second}). Crop the views from larger parts of the tile, or take smaller boxes.", nameof(second));
        }
    }

    /// <summary>The ids that may be picked, rising.</summary>
    public IReadOnlyList<long> Candidates => candidates;

    /// <summary>Picks a place.</summary>
    /// <param name="choice">Which of the candidates, from 0 for the lowest id.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many candidates.</exception>
    public RegionPair Take(int choice)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(choice);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(choice, candidates.Length);
        var id = candidates[choice];
        var pair = new RegionPair(id, first.BoxAround(id, radius), second.BoxAround(id, radius));
        var covered = first.In(pair.First);
        long[] left = [.. candidates.Where(candidate => !covered.Contains(candidate))];
        candidates = left.Length > 1 ? left : candidates;
        return pair;
    }
}
