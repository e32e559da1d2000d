using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.VilBlock.Cpu;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.VilBlock.Cpu;

public sealed class VilBlockScheduleTests
{
    private const int Heads = 4;

    [Fact]
    public void Taken_in_order_no_step_needs_a_later_one_or_writes_over_what_is_still_read()
    {
        foreach (var (rows, columns) in new[] { (1, 1), (3, 5), (7, 7), (14, 14), (9, 33), (32, 32), (4, 150), (150, 3), (1, 700) })
        {
            foreach (var chunk in new[] { 1, 16, 64, 256 })
            {
                var shape = Shape(rows, columns, chunk);
                AssertInOrder(shape, VilBlockSchedule.Alone(shape), 1);
                foreach (var threads in new[] { 2, 4, 7, 64 })
                {
                    for (var batch = 1; batch < 8; batch++)
                    {
                        AssertInOrder(shape, VilBlockSchedule.Shared(shape, batch, threads), batch);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(14, 14, 4)]
    [InlineData(32, 32, 16)]
    [InlineData(7, 7, 1)]
    public void A_segment_of_a_usual_grid_is_about_a_chunk(int rows, int columns, int segments) =>
        Assert.Equal(segments, Shape(rows, columns, 64).Segments);

    [Theory]
    [InlineData(14, 14, 1)]
    [InlineData(32, 32, 1)]
    [InlineData(128, 128, 3)]
    [InlineData(4, 256, 5)]
    public void A_convolution_reads_as_many_segments_around_as_a_row_and_a_token_need(int rows, int columns, int reach) =>
        Assert.Equal(reach, Shape(rows, columns, 64).Reach);

    [Fact]
    public void Segments_hold_every_token_once_and_chunks_are_even()
    {
        var shape = Shape(9, 33, 64);
        Assert.Equal(9 * 33, Enumerable.Range(0, shape.Segments).Sum(shape.TokensOf));
        Assert.Equal(66, shape.ChunkOf(66));
        Assert.Equal(50, shape.ChunkOf(100));
        Assert.Equal(1, shape.ChunkOf(1));
    }

    private static VilBlockShape Shape(int rows, int columns, int chunk)
    {
        using var taps = zeros(16, 1, 3, 3);
        return new VilBlockShape(8, Heads, ConvShape.OnGrid(1, rows, columns, taps, reverse: false), reverse: false, chunk);
    }

    private static void AssertInOrder(VilBlockShape shape, VilBlockSchedule schedule, int batch)
    {
        var taken = new HashSet<VilBlockStep>();
        bool Done(VilBlockStage stage, int work)
        {
            var parts = stage == VilBlockStage.Retrieve ? Heads : shape.TilesOf(work % shape.Segments);
            return Enumerable.Range(0, parts).All(part => taken.Contains(new VilBlockStep(stage, work, part)));
        }

        foreach (var step in schedule.Steps)
        {
            var (work, sample) = (step.Work, step.Work / shape.Segments);
            var last = ((sample - schedule.Samples + 1) * shape.Segments) - 1;
            var neighbours = Enumerable.Range(work - shape.Reach, (2 * shape.Reach) + 1)
                .Where(near => near >= 0 && near / shape.Segments == sample);
            Assert.True(
                step.Stage switch
                {
                    VilBlockStage.Project => last < 0 || Done(VilBlockStage.Finish, last),
                    VilBlockStage.Mix => neighbours.Where(near => near < schedule.Works).All(near => Done(VilBlockStage.Project, near))
                        && (work < schedule.Slots || Done(VilBlockStage.Finish, work - schedule.Slots)),
                    VilBlockStage.Retrieve => Done(VilBlockStage.Mix, work)
                        && (work == 0 || taken.Contains(step with { Work = work - 1 })),
                    _ => Done(VilBlockStage.Retrieve, work),
                },
                $"{step} of {batch} x {shape.Segments} segments");
            Assert.True(taken.Add(step));
        }

        Assert.True(Enumerable.Range(0, batch * shape.Segments).All(work => Done(VilBlockStage.Finish, work)));
    }
}
