using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>
/// One image and, where there are any, its labels, with all that is needed to learn from it, to draw it, and to say where it
/// is from. Owns its tensors.
/// </summary>
public sealed class Scene : IDisposable
{
    /// <summary>The scene's name.</summary>
    public required string Name { get; init; }

    /// <summary>The picture (bands, H, W), float32, in the source's units (digital numbers as a rule), not normalised.</summary>
    public required Tensor Image { get; init; }

    /// <summary>The name of each band.</summary>
    public required IReadOnlyList<string> BandNames { get; init; }

    /// <summary>Which bands, from 0, show as red, green and blue.</summary>
    public required IReadOnlyList<int> DisplayBands { get; init; }

    /// <summary>The class of each pixel (H, W), int64, 255 to ignore; null where nothing is labelled.</summary>
    public Tensor? Label { get; init; }

    /// <summary>Where the picture is known (H, W), bool; null where it is known everywhere. Unknown samples are 0.</summary>
    public Tensor? Known { get; init; }

    /// <summary>Class names and colours; <see cref="ClassLegend.None"/> without labels.</summary>
    public required ClassLegend Legend { get; init; }

    /// <summary>The map from pixels to map coordinates, or null.</summary>
    public GeoTransform? GeoTransform { get; init; }

    /// <summary>The coordinate system as WKT, or empty.</summary>
    public string Projection { get; init; } = "";

    /// <summary>Who made the picture and the labels, how, and under which licence.</summary>
    public required string Provenance { get; init; }

    /// <summary>Number of bands.</summary>
    public int Bands => (int)Image.shape[0];

    /// <summary>Rows.</summary>
    public int Height => (int)Image.shape[1];

    /// <summary>Columns.</summary>
    public int Width => (int)Image.shape[2];

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Image.Dispose();
        Label?.Dispose();
        Known?.Dispose();
    }
}
