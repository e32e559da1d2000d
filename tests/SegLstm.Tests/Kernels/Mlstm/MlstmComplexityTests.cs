using SegLstm.Kernels.Mlstm;

namespace SegLstm.Tests.Kernels.Mlstm;

public sealed class MlstmComplexityTests
{
    [Fact]
    public void One_chunk_costs_the_parallel_form_and_one_use_of_the_memory()
    {
        var extra = MlstmComplexity.Chunkwise(32, 16, 32) - MlstmComplexity.Parallel(32, 16);
        Assert.Equal((32 * ((2 * 16 * 16) + (2 * 16))) + (2 * 16 * 16), extra);
    }

    [Fact]
    public void The_parallel_form_grows_with_the_square_and_the_chunkwise_form_linearly()
    {
        Assert.InRange(MlstmComplexity.Parallel(2000, 48) / MlstmComplexity.Parallel(1000, 48), 3.99, 4.01);
        Assert.InRange(MlstmComplexity.Chunkwise(6400, 48, 64) / MlstmComplexity.Chunkwise(3200, 48, 64), 1.999, 2.001);
    }

    [Fact]
    public void A_last_short_chunk_is_counted_as_it_is()
    {
        var full = MlstmComplexity.Chunkwise(64, 8, 32);
        Assert.True(MlstmComplexity.Chunkwise(65, 8, 32) > full);
        Assert.True(MlstmComplexity.Chunkwise(65, 8, 32) < MlstmComplexity.Chunkwise(96, 8, 32));
    }
}
