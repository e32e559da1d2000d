using SegLstm.Pretraining.Regions;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Regions;

public sealed class RegionSelectionTests
{
    private const int Tile = 40, View = 32, Size = 8;

    private static Tensor Ids => arange(Tile * Tile).view(Tile, Tile);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_pair_has_its_pixel_in_the_middle_of_whole_boxes_of_both_views(int seed)
    {
        using var scope = NewDisposeScope();
        var random = new Random(seed);
        var (first, second) = (Cut(random, turns: 0), Cut(random, turns: seed));
        var selection = new RegionSelection(first, second, Size);
        for (var pick = 0; pick < 4; pick++)
        {
            var candidates = selection.Candidates.ToArray();
            Assert.Equal(candidates.Order(), candidates);
            var choice = random.Next(candidates.Length);
            var pair = selection.Take(choice);
            Assert.Equal(candidates[choice], pair.Id);
            foreach (var (map, box) in new[] { (first, pair.First), (second, pair.Second) })
            {
                Assert.True(box is { Left: >= 0, Top: >= 0, Right: < View, Bottom: < View });
                Assert.Equal((Size, Size), (box.Right - box.Left + 1, box.Bottom - box.Top + 1));
                Assert.Equal(pair.Id, map[box.Top + (Size / 2), box.Left + (Size / 2)].item<long>());
            }

            // The first box's pixels are no candidates any more, all others are.
            var covered = first.narrow(0, pair.First.Top, Size).narrow(1, pair.First.Left, Size).flatten().data<long>().ToArray();
            Assert.Equal(candidates.Except(covered).Order(), selection.Candidates);
        }
    }

    [Fact]
    public void Candidates_are_what_the_inner_parts_of_both_views_share()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Ids.narrow(0, 0, View).narrow(1, 0, View), Ids.narrow(0, 5, View).narrow(1, 8, View));
        var expected = from row in Enumerable.Range(0, Tile) from column in Enumerable.Range(0, Tile)
            where row is >= 4 and < 28 && column is >= 4 and < 28 && row - 5 is >= 4 and < 28 && column - 8 is >= 4 and < 28
            select (long)((row * Tile) + column);
        Assert.Equal(expected, new RegionSelection(first, second, Size).Candidates);
    }

    [Fact]
    public void A_pixel_shown_more_than_once_is_taken_at_its_first_place_where_a_box_fits()
    {
        using var scope = NewDisposeScope();
        var first = Ids.narrow(0, 0, View).narrow(1, 0, View).clone();
        var id = first[20, 20].item<long>();
        // At the first of these places no box fits.
        foreach (var (row, column) in new[] { (1, 6), (10, 14), (10, 20) })
        {
            first[row, column] = id;
        }

        var selection = new RegionSelection(first, first, Size);
        var pair = selection.Take(selection.Candidates.ToList().IndexOf(id));
        Assert.Equal(new Box(10, 6, 17, 13), pair.First);
    }

    [Fact]
    public void The_last_candidates_stay_where_a_box_would_take_all_but_one()
    {
        using var scope = NewDisposeScope();
        var first = Ids.narrow(0, 0, 10).narrow(1, 0, 10).contiguous();
        var selection = new RegionSelection(first, first, Size);
        // A square of two by two, all within reach of each box.
        Assert.Equal(4, selection.Candidates.Count);
        selection.Take(3);
        Assert.Equal(4, selection.Candidates.Count);
    }

    [Fact]
    public void Views_without_a_shared_place_are_refused_with_what_to_do_and_the_image_of_the_batch()
    {
        using var scope = NewDisposeScope();
        var (near, far) = (Ids.narrow(0, 0, 12).narrow(1, 0, 12), Ids.narrow(0, 20, 12).narrow(1, 20, 12));
        Assert.Contains("larger parts of the tile", Assert.Throws<ArgumentException>(() => new RegionSelection(near, far, Size)).Message);
        Assert.Throws<ArgumentException>(() => new RegionSelection(near, near, 14));
        var error = Assert.Throws<ArgumentException>(
            () => LocalRegions.Draw(stack([near, near]), stack([near, far]), Size, 2, new SeedStreams(1)));
        Assert.Contains("Image 1 of the batch", error.Message);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public void Odd_boxes_and_maps_of_another_kind_are_refused(int size)
    {
        using var scope = NewDisposeScope();
        Assert.Contains("even", Assert.Throws<ArgumentException>(() => new RegionSelection(Ids, Ids, size)).Message);
        Assert.Contains("int64", Assert.Throws<ArgumentException>(() => new RegionSelection(Ids.to_type(ScalarType.Float32), Ids, 8)).Message);
    }

    [Fact]
    public void Drawn_boxes_depend_on_the_seed_and_the_image_only()
    {
        using var scope = NewDisposeScope();
        var random = new Random(5);
        Tensor[] first = [.. Enumerable.Range(0, 3).Select(_ => Cut(random, 0))], second = [.. Enumerable.Range(0, 3).Select(_ => Cut(random, 1))];
        var all = LocalRegions.Draw(stack(first), stack(second), Size, 4, new SeedStreams(9));
        Assert.Equal([3, 4, 4], all.First.shape);
        var alone = LocalRegions.Draw(stack(first[..1]), stack(second[..1]), Size, 4, new SeedStreams(9));
        Assert.True(all.First[0].eq(alone.First[0]).all().item<bool>() && all.Second[0].eq(alone.Second[0]).all().item<bool>());
        var other = LocalRegions.Draw(stack(first), stack(second), Size, 4, new SeedStreams(10));
        Assert.False(all.First.eq(other.First).all().item<bool>());
    }

    private static Tensor Cut(Random random, int turns)
    {
        var (top, left) = (random.Next(Tile - View + 1), random.Next(Tile - View + 1));
        return Ids.narrow(0, top, View).narrow(1, left, View).rot90(turns).contiguous();
    }
}
