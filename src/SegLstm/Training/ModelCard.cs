using SegLstm.Data;

namespace SegLstm.Training;

/// <summary>What has to be known of a trained model to use it on another image; kept in the header of its checkpoint.</summary>
public sealed record ModelCard
{
    /// <summary>Name in <see cref="Models.Catalog"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Side of the square images that the model was made for, in pixels.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Names of the input bands, in order.</summary>
    public required IReadOnlyList<string> Bands { get; init; }

    /// <summary>Mean of each band, subtracted from raw samples.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Standard deviation of each band, which the difference is divided by.</summary>
    public required IReadOnlyList<float> Std { get; init; }

    /// <summary>Names of the classes, by index.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Colours of the classes, as "#RRGGBB".</summary>
    public required IReadOnlyList<string> Palette { get; init; }

    /// <summary>Label that counts for nothing.</summary>
    public int IgnoreIndex { get; init; } = 255;

    /// <summary>Name of the dataset it was trained on.</summary>
    public required string Dataset { get; init; }

    /// <summary>How that dataset's pixels were split, so that held-out pixels stay held out.</summary>
    public BlockSplit? Split { get; init; }

    /// <summary>The part of the training labels that it learnt from; null for all.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public LabelFraction? Labels { get; init; }

    /// <summary>Root seed of the training run.</summary>
    public long Seed { get; init; }

    /// <summary>Mean IoU on the validation set, 0 to 1; null where it was not measured on these weights.</summary>
    public double? ValidationMeanIoU { get; init; }

    /// <summary>
    /// Share of the validation images that it classifies right, 0 to 1; null for a segmenter, or where it was not measured.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationAccuracy { get; init; }

    /// <summary>What it tells of an image.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public ModelTask Task { get; init; }

    /// <summary>How it compares pixels with words, its classes; null for a model with a classifier.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public LanguageCard? Language { get; init; }

    /// <summary>Which of the bands, from 0, show as red, green and blue.</summary>
    public required IReadOnlyList<int> DisplayBands { get; init; }

    /// <summary>Number of input bands.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Channels => Bands.Count;

    /// <summary>Number of classes.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Classes => ClassNames.Count;

    /// <summary>Names and colours of the classes.</summary>
    /// <exception cref="FormatException">A colour is not written as "#RRGGBB".</exception>
    [System.Text.Json.Serialization.JsonIgnore]
    public ClassLegend Legend => ClassLegend.Of(ClassNames, Palette);
}
