using System.Globalization;
using System.Text;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Workbook.Images;
using TorchSharp;

namespace SegLstm.Workbook.Formatters;

/// <summary>Scenes and raster files: a small picture, and what they say of themselves.</summary>
internal static class SceneHtml
{
    /// <summary>Pixels of a raster's longer side that are read for its picture.</summary>
    private const int Thumbnail = 512;

    internal static string Of(Scene scene) => Page(Picture(scene), Facts(scene));

    internal static string Of(Raster raster) => Page(Picture(raster), Facts(raster));

    internal static string Text(Scene scene) => $"Scene {scene.Name}\n" + Lines(Facts(scene));

    internal static string Text(Raster raster) => $"Raster {System.IO.Path.GetFileName(raster.Path)}\n" + Lines(Facts(raster));

    private static Picture Picture(Scene scene)
    {
        Picture picture = Pictures.Of(scene);
        if (scene.Label is null) return picture;
        var legend = LegendEntry.Of(LabelMap.FromTensor(scene.Label), scene.Legend);
        return picture with { Legend = legend, Remark = "legend: shares of the labelled pixels" };
    }

    // A file may be larger than memory: its middle is read, as it is.
    private static Picture Picture(Raster raster)
    {
        int width = Math.Min(raster.Width, Thumbnail), height = Math.Min(raster.Height, Thumbnail);
        var window = new Window((raster.Width - width) / 2, (raster.Height - height) / 2, width, height);
        using torch.Tensor pixels = raster.Read(window);
        Picture picture = Pictures.Of(pixels, System.IO.Path.GetFileName(raster.Path));
        return window == raster.Extent ? picture : picture with { Remark = $"the middle {width} x {height} pixels" };
    }

    private static IReadOnlyList<(string, string)> Facts(Scene scene) =>
    [
        ("size", $"{scene.Width} x {scene.Height} pixels, {scene.Bands} bands"),
        ("bands", string.Join(", ", scene.BandNames)),
        .. scene.Legend.Count == 0 ? Array.Empty<(string, string)>() : [("classes", string.Join(", ", scene.Legend.Names))],
        .. Place(scene.GeoTransform, scene.Projection),
        ("provenance", scene.Provenance),
    ];

    private static IReadOnlyList<(string, string)> Facts(Raster raster) =>
    [
        ("format", raster.Format),
        ("size", $"{raster.Width} x {raster.Height} pixels, {raster.Bands} {(raster.Bands == 1 ? "band" : "bands")}"),
        ("samples", string.Join(", ", raster.BandTypes.Distinct())),
        .. raster.BandNames.Any(n => n.Length > 0)
            ? [("bands", string.Join(", ", raster.BandNames.Select((n, i) => n.Length > 0 ? n : $"{i + 1}")))]
            : Array.Empty<(string, string)>(),
        .. raster.NoData is { } nothing ? [("no data", nothing.ToString(CultureInfo.InvariantCulture))]
            : Array.Empty<(string, string)>(),
        .. Place(raster.GeoTransform, raster.Projection),
    ];

    private static IEnumerable<(string, string)> Place(GeoTransform? transform, string projection)
    {
        if (projection.Length > 0) yield return ("projection", Name(projection));
        if (transform is not { } place) yield break;
        var (x, y) = place.Apply(0, 0);
        var (right, _) = place.Apply(1, 0);
        var (_, below) = place.Apply(0, 1);
        yield return ("upper left corner", string.Create(CultureInfo.InvariantCulture, $"{x:0.######}, {y:0.######}"));
        yield return ("pixel size", string.Create(CultureInfo.InvariantCulture,
            $"{Math.Abs(right - x):0.######} x {Math.Abs(below - y):0.######} map units"));
    }

    // The name is the first quoted text of the WKT.
    private static string Name(string wkt) => wkt.Split('"') is { Length: > 1 } parts ? parts[1] : wkt;

    private static string Page(Picture picture, IReadOnlyList<(string Name, string Value)> facts)
    {
        var html = new StringBuilder(PictureHtml.Of(picture)).Append("\n<div class=\"seglstm\"><table><tbody>\n");
        Formatters.Facts.Append(html, facts);
        return html.Append("</tbody></table></div>").ToString();
    }

    private static string Lines(IReadOnlyList<(string Name, string Value)> facts) =>
        string.Join("\n", facts.Select(f => $"  {f.Name}: {f.Value}"));
}
