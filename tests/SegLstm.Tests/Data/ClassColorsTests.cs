using SegLstm.Data;

namespace SegLstm.Tests.Data;

public sealed class ClassColorsTests
{
    [Fact]
    public void Twenty_classes_and_more_have_colours_of_their_own_the_first_of_which_colour_blind_readers_tell_apart()
    {
        Assert.Equal(64, Enumerable.Range(0, 64).Select(ClassColors.Of).Distinct().Count());
        Assert.DoesNotContain("#999999", Enumerable.Range(0, 64).Select(i => ClassColors.Of(i).ToString()));
        Assert.Equal(["#0072B2", "#009E73", "#F0E442", "#D55E00"], Enumerable.Range(0, 4).Select(i => ClassColors.Of(i).ToString()));
    }
}
