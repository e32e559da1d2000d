using SegLstm.Data.Pictures;

namespace SegLstm.Tests.Data.Pictures;

public class NearestSourcesTests
{
    [Fact]
    public void Sources_of_all_lengths_up_to_300_are_OpenCVs()
    {
        // Digest of what resize with INTER_NEAREST of OpenCV 4.13.0 makes of 0, 1, 2 ... in windows of 1 to 300 pixels.
        int[] all = [.. Enumerable.Range(1, 300).SelectMany(length => NearestSources.Of(length, 224))];
        Assert.Equal("553791F5AC52D3DE", Patterns.Digest<int>(all));
    }

    [Fact]
    public void A_source_is_the_floor_of_its_scaled_place_within_a_rounding_error()
    {
        Assert.Equal([0, 1, 2, 3], NearestSources.Of(4, 4));
        Assert.Equal([0, 0, 1, 1, 2], NearestSources.Of(3, 5));
        for (int length = 1; length <= 300; length++)
        {
            int[] sources = NearestSources.Of(length, 224);
            for (int i = 0; i < sources.Length; i++)
                Assert.InRange(sources[i], i * length % 224 == 0 && i > 0 ? i * length / 224 - 1 : i * length / 224, i * length / 224);
        }
    }
}
