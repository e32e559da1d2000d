using SegLstm.Data.Rasters;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>A scene in managed memory, as loaders make it and tiles are cut from it.</summary>
internal sealed record SceneArrays
{
    internal const byte Ignore = 255;

    internal required string Name { get; init; }

    internal required int Height { get; init; }

    internal required int Width { get; init; }

    /// <summary>bands x height x width.</summary>
    internal required float[] Image { get; init; }

    internal required IReadOnlyList<string> BandNames { get; init; }

    internal IReadOnlyList<int> DisplayBands { get; init; } = [0, 1, 2];

    /// <summary>height x width, <see cref="Ignore"/> where unlabelled; null where nothing is.</summary>
    internal byte[]? Labels { get; init; }

    /// <summary>height x width; null where all is known.</summary>
    internal bool[]? Known { get; init; }

    internal ClassLegend Legend { get; init; } = ClassLegend.None;

    internal GeoTransform? GeoTransform { get; init; }

    internal string Projection { get; init; } = "";

    internal required string Provenance { get; init; }

    internal int Bands => BandNames.Count;

    internal int Pixels => Height * Width;

    internal static SceneArrays Of(Scene scene) => new()
    {
        Name = scene.Name,
        Height = scene.Height,
        Width = scene.Width,
        Image = scene.Image.data<float>().ToArray(),
        BandNames = scene.BandNames,
        DisplayBands = scene.DisplayBands,
        Labels = scene.Label is { } label ? Bytes(label.data<long>().ToArray()) : null,
        Known = scene.Known?.data<bool>().ToArray(),
        Legend = scene.Legend,
        GeoTransform = scene.GeoTransform,
        Projection = scene.Projection,
        Provenance = scene.Provenance,
    };

    internal Scene ToScene() => new()
    {
        Name = Name,
        Image = tensor(Image, [Bands, Height, Width]),
        BandNames = BandNames,
        DisplayBands = DisplayBands,
        Label = Labels is null ? null : tensor(Array.ConvertAll(Labels, v => (long)v), [Height, Width]),
        Known = Known is null ? null : tensor(Known, [Height, Width]),
        Legend = Legend,
        GeoTransform = GeoTransform,
        Projection = Projection,
        Provenance = Provenance,
    };

    private static byte[] Bytes(long[] labels) => Array.ConvertAll(labels, v => v is >= 0 and <= 255
        ? (byte)v
        : throw new ArgumentException($"The label {v} is outside 0 to 255: set unlabelled pixels to 255."));
}
