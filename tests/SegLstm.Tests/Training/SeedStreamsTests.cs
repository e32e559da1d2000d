using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class SeedStreamsTests
{
    [Fact]
    public void Streams_differ_by_name_and_root_and_repeat_for_both()
    {
        var seeds = new SeedStreams(42);
        long[] values = [seeds["init"], seeds["shuffle"], seeds["augment"], new SeedStreams(43)["init"]];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values, value => Assert.True(value >= 0));
        Assert.Equal(values[0], new SeedStreams(42)["init"]);
    }

    [Fact]
    public void An_item_has_its_numbers_whatever_was_drawn_before()
    {
        var seeds = new SeedStreams(7);
        int first = seeds.Draw("augment", 3, 11).Next();
        _ = seeds.Draw("augment", 0, 0).NextInt64();
        Assert.Equal(first, seeds.Draw("augment", 3, 11).Next());
        Assert.NotEqual(first, seeds.Draw("augment", 3, 12).Next());
        Assert.NotEqual(first, seeds.Draw("augment", 4, 11).Next());
        Assert.NotEqual(first, seeds.Draw("shuffle", 3, 11).Next());
    }

    [Fact]
    public void The_seed_of_an_item_differs_by_root_name_epoch_and_index_and_from_the_stream_s_own()
    {
        var seeds = new SeedStreams(7);
        long[] values =
        [
            seeds["dropout", 0], seeds["dropout", 1], seeds["dropout", 0, 1], seeds["dropout", 1, 1], seeds["augment", 0],
            seeds["dropout"], new SeedStreams(8)["dropout", 0],
        ];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values, value => Assert.True(value >= 0));
        Assert.Equal(values[3], seeds["dropout", 1, 1]);
    }
}
