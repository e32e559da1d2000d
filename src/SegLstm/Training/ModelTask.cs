using System.Text.Json.Serialization;

namespace SegLstm.Training;

/// <summary>What a model tells of an image.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelTask>))]
public enum ModelTask
{
    /// <summary>The class of each pixel: a <see cref="Models.Segmenter"/>.</summary>
    Segmentation,

    /// <summary>The class of the image: one of <see cref="Models.VisionLstm.VilClassifiers"/>.</summary>
    Classification,
}
