using System.Text.Json.Serialization;
using SegLstm.Data;

namespace SegLstm.Training.Hyperspectral;

/// <summary>What has to be known of a trained classifier of pixels to use it on another scene; kept in the header of its file.</summary>
public sealed record PixelModelCard
{
    /// <summary>Name in <see cref="Models.Hyperspectral.PixelClassifiers"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Bands of the files that it is for.</summary>
    public required int FileBands { get; init; }

    /// <summary>Which of them, from 0, it reads: those that are alive in the scene it learnt.</summary>
    public required IReadOnlyList<int> Bands { get; init; }

    /// <summary>The centres of the bands it reads, in nanometres; null where they are not known.</summary>
    public IReadOnlyList<double>? Wavelengths { get; init; }

    /// <summary>Mean of each band it reads, subtracted from raw samples.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What the difference is multiplied by: 1 / deviation, 0 for a band that was constant.</summary>
    public required IReadOnlyList<float> Factor { get; init; }

    /// <summary>Names of the classes, by index.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Colours of the classes, as "#RRGGBB".</summary>
    public required IReadOnlyList<string> Palette { get; init; }

    /// <summary>The scene that it learnt.</summary>
    public required string Scene { get; init; }

    /// <summary>The pixels that it learnt, such as <c>disjoint 5 % #0</c>.</summary>
    public required string Draw { get; init; }

    /// <summary>The recipe that it was trained by, in YAML; null in files of before there were recipes.</summary>
    public string? Recipe { get; init; }

    /// <summary>Share of the test pixels of that draw that were right, 0 to 1.</summary>
    public double? OverallAccuracy { get; init; }

    /// <summary>Names and colours of the classes.</summary>
    /// <exception cref="FormatException">A colour is not written as "#RRGGBB".</exception>
    [JsonIgnore]
    public ClassLegend Legend => ClassLegend.Of(ClassNames, Palette);

    /// <summary>Everything about it that cannot be; empty when it can be used.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Model is null || Bands is null || Mean is null || Factor is null || ClassNames is null || Palette is null)
        {
            yield return "a part of it is null";
            yield break;
        }

        int bands = Bands.Count;
        if (bands < 1 || Mean.Count != bands || Factor.Count != bands || (Wavelengths is { } known && known.Count != bands))
        {
            yield return $"{bands} bands with {Mean.Count} means, {Factor.Count} factors and {Wavelengths?.Count ?? bands} wavelengths";
        }

        if (Bands.Any(band => band < 0 || band >= FileBands)) yield return $"bands beyond the {FileBands} of a file";
        if (ClassNames.Count < 1 || ClassNames.Count != Palette.Count) yield return $"{ClassNames.Count} classes with {Palette.Count} colours";
        if (Palette.FirstOrDefault(color => !Rgb.TryParse(color, out _)) is { } odd) yield return $"the colour '{odd}'";
    }
}
