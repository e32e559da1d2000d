namespace SegLstm.Pretraining.Methods;

/// <summary>Permutations of a puzzle's pieces that differ as much as possible, chosen greedily.</summary>
/// <remarks>
/// Each next one has, of all n!, the largest smallest Hamming distance to those chosen; of equal ones the largest sum of
/// distances, then the first in lexicographic order, so that the list is the same everywhere. The first is the order itself.
/// GLCNet's authors use a list of a file of theirs, which is not ours to copy; the rule is that of Noroozi and Favaro
/// (arXiv 1603.09246), which leaves open how ties are broken.
/// </remarks>
internal static class JigsawPermutations
{
    private const int MostPieces = 9;

    /// <summary>Chooses.</summary>
    /// <param name="pieces">Pieces, 2 to 9.</param>
    /// <param name="count">How many permutations, at most all.</param>
    /// <returns>For each permutation the piece at each place.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public static int[][] Choose(int pieces, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieces, MostPieces);
        var all = new List<ulong>();
        Extend(0, 0, 0, pieces, all);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, all.Count);
        var (smallest, sums) = (new byte[all.Count], new int[all.Count]);
        Array.Fill(smallest, (byte)(pieces + 1));
        var chosen = new int[count][];
        var next = 0;
        for (var k = 0; k < count; k++)
        {
            var permutation = all[next];
            chosen[k] = [.. Enumerable.Range(0, pieces).Select(place => (int)((permutation >> (4 * place)) & 15))];
            next = Farthest(all, permutation, pieces, smallest, sums);
        }

        return chosen;
    }

    /// <summary>Takes one more into account, and finds what is farthest from all.</summary>
    private static int Farthest(List<ulong> all, ulong taken, int pieces, byte[] smallest, int[] sums)
    {
        var (best, at) = (-1L, 0);
        for (var i = 0; i < all.Count; i++)
        {
            var distance = Distance(all[i] ^ taken, pieces);
            smallest[i] = Math.Min(smallest[i], (byte)distance);
            sums[i] += distance;
            var rank = ((long)smallest[i] << 32) + sums[i];
            (best, at) = rank > best ? (rank, i) : (best, at);
        }

        return at;
    }

    /// <summary>The places where permutations of four bits a place differ, of their exclusive or.</summary>
    private static int Distance(ulong difference, int pieces)
    {
        var any = difference | (difference >> 1);
        any |= any >> 2;
        return System.Numerics.BitOperations.PopCount(any & 0x1111_1111_1111_1111 & ((1UL << (4 * pieces)) - 1));
    }

    private static void Extend(ulong permutation, int used, int place, int pieces, List<ulong> all)
    {
        if (place == pieces)
        {
            all.Add(permutation);
            return;
        }

        for (var piece = 0; piece < pieces; piece++)
        {
            if ((used & (1 << piece)) == 0)
            {
                Extend(permutation | ((ulong)piece << (4 * place)), used | (1 << piece), place + 1, pieces, all);
            }
        }
    }
}
