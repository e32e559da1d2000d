using FsCheck;
using FsCheck.Fluent;
using SegLstm.Data;

namespace SegLstm.Tests.Data;

public sealed class SpatialBlocksTests
{
    private static readonly Gen<SpatialBlocks> Some =
        from height in Gen.Choose(8, 90)
        from width in Gen.Choose(8, 90)
        from blockHeight in Gen.Choose(1, height / 3)
        from blockWidth in Gen.Choose(1, width / 3)
        from seed in Gen.Choose(0, 1000)
        from board in Gen.Elements(true, false)
        select board
            ? SpatialBlocks.Checkerboard(height, width, blockHeight, blockWidth, 0.25, seed)
            : SpatialBlocks.Random(height, width, blockHeight, blockWidth, 0.6, 0.2, 0.2, seed);

    [Fact]
    public void Every_pixel_is_in_exactly_one_split() => Check(Some, blocks =>
    {
        int[] times = new int[blocks.Height * blocks.Width];
        foreach (var split in Enum.GetValues<Split>())
        {
            foreach (var window in blocks.Blocks(split))
            {
                for (int y = window.Y; y < window.Y + window.Height; y++)
                {
                    for (int x = window.X; x < window.X + window.Width; x++)
                    {
                        times[y * blocks.Width + x]++;
                        if (blocks[y, x] != split)
                            return false;
                    }
                }
            }
        }

        return times.All(t => t == 1);
    });

    [Fact]
    public void Every_split_gets_a_block() => Check(Some, blocks => Enum.GetValues<Split>().All(s => blocks.Blocks(s).Count > 0));

    [Fact]
    public void The_same_seed_gives_the_same_blocks_and_another_seed_others()
    {
        static SpatialBlocks Make(long seed) => SpatialBlocks.Random(100, 100, 10, 10, 0.5, 0.25, 0.25, seed);
        Assert.Equal(Make(7).Blocks(Split.Test), Make(7).Blocks(Split.Test));
        Assert.NotEqual(Make(7).Blocks(Split.Test), Make(8).Blocks(Split.Test));
    }

    [Fact]
    public void Random_shares_are_those_asked_for()
    {
        var blocks = SpatialBlocks.Random(100, 100, 10, 10, 0.5, 0.2, 0.3, seed: 3);
        Assert.Equal((50, 20, 30), (blocks.Blocks(Split.Train).Count, blocks.Blocks(Split.Validation).Count, blocks.Blocks(Split.Test).Count));
    }

    [Fact]
    public void No_two_neighbouring_blocks_of_a_checkerboard_are_both_tested()
    {
        var blocks = SpatialBlocks.Checkerboard(82, 100, 16, 20);
        for (int y = 0; y < 82 - 16; y++)
            Assert.NotEqual(blocks[y, 0] == Split.Test, blocks[y + 16, 0] == Split.Test);
        for (int x = 0; x < 100 - 20; x++)
            Assert.NotEqual(blocks[0, x] == Split.Test, blocks[0, x + 20] == Split.Test);
        Assert.Equal(Split.Train, blocks[0, 0]);
    }

    [Fact]
    public void Too_few_blocks_and_wrong_shares_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SpatialBlocks.Random(10, 10, 10, 10, 0.5, 0.25, 0.25, 0));
        Assert.Throws<ArgumentException>(() => SpatialBlocks.Random(10, 10, 1, 1, 0.5, 0.25, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpatialBlocks.Checkerboard(10, 10, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpatialBlocks.Whole(3, 3, Split.Test)[3, 0]);
    }

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
