using SegLstm.Pretraining.Methods;

namespace SegLstm.Tests.Pretraining.Methods;

public sealed class JigsawPermutationsTests
{
    [Fact]
    public void Each_next_permutation_is_as_far_as_any_from_those_chosen()
    {
        var every = JigsawPermutations.Choose(4, 24);
        Assert.Equal(24, every.Select(permutation => string.Join(' ', permutation)).Distinct().Count());
        Assert.Equal([0, 1, 2, 3], every[0]);
        for (var k = 1; k < 24; k++)
        {
            int Nearest(int[] permutation) => every.Take(k).Min(chosen => Distance(chosen, permutation));
            Assert.Equal(every.Skip(k).Max(Nearest), Nearest(every[k]));
        }
    }

    [Fact]
    public void Of_nine_pieces_the_first_nine_agree_in_no_place_and_sixty_four_in_two_at_most()
    {
        var chosen = JigsawPermutations.Choose(9, 64);
        Assert.Equal(9, Pairs(chosen[..9]).Min(pair => Distance(pair.A, pair.B)));
        Assert.True(Pairs(chosen).Min(pair => Distance(pair.A, pair.B)) >= 7);
    }

    [Fact]
    public void More_than_there_are_cannot_be_chosen() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JigsawPermutations.Choose(3, 7));

    private static int Distance(int[] a, int[] b) => a.Zip(b).Count(pair => pair.First != pair.Second);

    private static IEnumerable<(int[] A, int[] B)> Pairs(int[][] all) =>
        from i in Enumerable.Range(0, all.Length) from j in Enumerable.Range(0, i) select (all[i], all[j]);
}
