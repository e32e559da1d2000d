using SegLstm.Layers;

namespace SegLstm.Models.VMamba;

/// <summary>Sizes of VMamba's maps.</summary>
internal static class VMambaGrids
{
    /// <summary>The first map of an image; zero rows or columns where the image is too small.</summary>
    public static TokenGrid AfterStem(VMambaConfig config, long height, long width)
    {
        if (config.PatchEmbed == PatchEmbedVersion.V1)
        {
            return new TokenGrid(height / config.PatchSize, width / config.PatchSize);
        }

        var first = AfterFirstConvolution(config, height, width);
        return AfterFirstConvolution(config, first.Rows, first.Columns);
    }

    /// <summary>The map between the two convolutions of <see cref="PatchEmbedVersion.V2"/>.</summary>
    public static TokenGrid AfterFirstConvolution(VMambaConfig config, long height, long width)
    {
        // A kernel of stride + 1, and a pixel of padding on each side.
        var stride = config.PatchSize / 2;
        long Shrink(long side) => side < 1 || side + 1 < stride ? 0 : ((side + 1 - stride) / stride) + 1;
        return new TokenGrid(Shrink(height), Shrink(width));
    }

    /// <summary>The maps of all stages.</summary>
    public static IEnumerable<TokenGrid> OfStages(VMambaConfig config, long height, long width)
    {
        var up = config.Downsample == DownsampleVersion.V3 ? 1 : 0;
        var grid = AfterStem(config, height, width);
        foreach (var _ in config.Dims)
        {
            yield return grid;
            grid = new TokenGrid((grid.Rows + up) / 2, (grid.Columns + up) / 2);
        }
    }
}
