using SegLstm.Models.Clip;

namespace SegLstm.Tests.Models.Clip;

public sealed class TextGroupsTests
{
    [Fact]
    public void One_long_text_is_computed_apart_from_many_short_ones()
    {
        long[] lengths = [.. Enumerable.Repeat(5L, 149), 77];

        Assert.Equal([(0, 149), (149, 1)], TextGroups.Of(lengths));
    }

    [Fact]
    public void Texts_of_nearly_one_length_are_one_group_as_a_pass_costs_more_than_their_padding()
    {
        Assert.Equal([(0, 6)], TextGroups.Of([4, 4, 5, 5, 6, 7]));
        Assert.Empty(TextGroups.Of([]));
    }

    [Fact]
    public void No_other_cut_costs_less()
    {
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            long[] lengths = [.. Enumerable.Range(0, 9).Select(_ => random.NextInt64(3, 78)).Order()];
            long Cost(IEnumerable<(int Start, int Count)> groups) =>
                groups.Sum(group => (group.Count * lengths[group.Start + group.Count - 1]) + 64);

            // Every way to cut nine texts: a bit behind each of the first eight.
            long least = Enumerable.Range(0, 256).Min(cuts =>
            {
                int[] ends = [.. Enumerable.Range(1, 8).Where(i => ((cuts >> (i - 1)) & 1) == 1), 9];
                return Cost(ends.Zip(ends.Prepend(0), (end, start) => (start, end - start)));
            });

            var groups = TextGroups.Of(lengths);
            Assert.Equal(least, Cost(groups));
            Assert.Equal(9, groups.Sum(group => group.Count));
        }
    }
}
