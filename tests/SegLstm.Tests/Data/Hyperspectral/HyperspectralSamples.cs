using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Synthetic;

namespace SegLstm.Tests.Data.Hyperspectral;

/// <summary>Small scenes for tests.</summary>
internal static class HyperspectralSamples
{
    /// <summary>Each sample is 10,000 row + 100 column + band; labels go round the classes, 0 among them.</summary>
    public static HyperspectralScene Counted(int height, int width, int bands, int classes = 3)
    {
        float[] samples = [.. from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width)
            from band in Enumerable.Range(0, bands)
            select (float)(10_000 * row + 100 * column + band)];
        return Of(samples, height, width, bands, [.. Enumerable.Range(0, height * width).Select(i => (byte)(i % (classes + 1)))]);
    }

    public static HyperspectralScene Of(float[] samples, int height, int width, int bands, byte[]? labels = null)
    {
        byte[] given = labels ?? new byte[height * width];
        return new HyperspectralScene
        {
            Name = "test",
            Samples = samples,
            Height = height,
            Width = width,
            Bands = bands,
            Labels = given,
            Legend = new([.. Enumerable.Range(1, given.Max())
                .Select(label => ($"class {label}", new SegLstm.Data.Rgb((byte)label, 0, 0)))]),
            SourceBands = [.. Enumerable.Range(0, bands)],
            DisplayBands = [bands - 1, bands / 2, 0],
        };
    }

    /// <summary>Fields of five classes on 96 x 80 pixels.</summary>
    public static HyperspectralScene Fields { get; } = new SyntheticHyperspectral { Height = 96, Width = 80, Bands = 12, Classes = 5,
        FieldSize = 16 }.Generate();
}
