using SegLstm.Data.Arrays;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>The samples of a scene from a file of arrays.</summary>
internal static class ArrayCube
{
    /// <summary>Arrays whose last index has up to so many values are pictures, which packings put beside the samples.</summary>
    private const int PictureBands = 4;

    internal static HyperspectralScene Read(ArrayFile file, HyperspectralReading reading, LabelGrid? labels)
    {
        ArrayEntry entry = Choose(file, reading.Variable);
        bool isFirst = reading.BandAxis switch
        {
            BandAxis.First => true,
            BandAxis.Last => false,
            _ => labels is not null && labels.CanLieOn(entry.Shape[1], entry.Shape[2])
                && !labels.CanLieOn(entry.Shape[0], entry.Shape[1]),
        };
        float[] samples = file.Read<float>(entry);
        var (height, width, bands) = isFirst ? (entry.Shape[1], entry.Shape[2], entry.Shape[0])
            : (entry.Shape[0], entry.Shape[1], entry.Shape[2]);
        if (isFirst) samples = Interleaved.ByPixel(samples, bands, height * width);
        return new HyperspectralScene
        {
            Name = Path.GetFileNameWithoutExtension(file.Path),
            Samples = samples,
            Height = height,
            Width = width,
            Bands = bands,
            Labels = new byte[height * width],
            SourceBands = [.. Enumerable.Range(0, bands)],
            DisplayBands = DisplayBandChoice.Of(bands, null),
            Provenance = $"{file.Path}, variable {entry.Name} ({file.Format})",
        };
    }

    private static ArrayEntry Choose(ArrayFile file, string? name)
    {
        ArrayEntry[] cubes = [.. file.Entries.Where(entry => entry.IsNumeric && entry.Shape.Count == 3 && entry.Count > 0
            && entry.Shape[^1] > PictureBands)];
        return name is null && cubes is [var only] ? only : file.Find(rank: 3, name);
    }
}
