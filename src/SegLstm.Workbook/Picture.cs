using SegLstm.Workbook.Images;

namespace SegLstm.Workbook;

/// <summary>A picture with what a reader must know of it.</summary>
/// <param name="Title">What stands below it, such as "prediction".</param>
/// <param name="Image">The picture.</param>
public sealed record Picture(string Title, RgbImage Image)
{
    /// <summary>What it shows, for those who cannot see it.</summary>
    public string Alternative { get; init; } = Title;

    /// <summary>What its colours mean, with shares; empty where they mean nothing.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>A remark beside the title; empty for none.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The picture in words.</summary>
    public override string ToString() => Words(Title, Image.Width, Image.Height, Alternative, Legend);

    /// <summary>A picture in words, whether or not it has been painted.</summary>
    internal static string Words(string title, int width, int height, string alternative, IReadOnlyList<LegendEntry> legend) =>
        $"{title}: {width} x {height} pixels. {alternative}"
        + (legend.Count == 0 ? "" : "\n" + string.Join("\n", legend.Select(e => $"  {e.Color} {e.Name} {e.Share}")));
}
