using SegLstm.Checkpoints;
using SegLstm.Data;
using SegLstm.Workbook.Images;
using static TorchSharp.torch;

namespace SegLstm.Cli.Output;

/// <summary>Pictures of a map over its image.</summary>
internal static class Overlays
{
    /// <summary>Writes a PNG: the classes at half opacity over the image, and the legend with each class's share.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">Raw samples `(C, H, W)`.</param>
    /// <param name="displayBands">Which bands, from 0, show as red, green and blue.</param>
    /// <param name="classes">Class of each pixel `(H, W)`, 255 where there is none.</param>
    /// <param name="legend">Names and colours.</param>
    public static void Write(string path, Tensor image, IReadOnlyList<int> displayBands, Tensor classes, ClassLegend legend)
    {
        RgbImage picture = PercentStretch.ToRgb(image, displayBands);
        LabelMap map = LabelMap.FromTensor(classes);
        RgbImage overlay = LegendImage.Below(MapColors.Overlay(picture, map, legend), LegendEntry.Of(map, legend));
        AtomicFile.Write(path, stream => stream.Write(overlay.ToPng()));
    }
}
