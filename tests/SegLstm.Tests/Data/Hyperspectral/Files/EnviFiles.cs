using System.Globalization;
using SegLstm.Data.Hyperspectral;

namespace SegLstm.Tests.Data.Hyperspectral.Files;

/// <summary>Writes ENVI files by hand: samples of 16 bits and a header beside them.</summary>
internal static class EnviFiles
{
    /// <summary>Writes a scene of whole numbers.</summary>
    /// <param name="path">The file of the samples; the header is beside it as .hdr.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="interleave">bsq, bil or bip.</param>
    /// <param name="more">Further lines of the header.</param>
    public static void Write(string path, HyperspectralScene scene, string interleave, params string[] more)
    {
        var (height, width, bands) = (scene.Height, scene.Width, scene.Bands);
        IEnumerable<(int Row, int Column, int Band)> order = interleave switch
        {
            "bsq" => from band in Enumerable.Range(0, bands) from row in Enumerable.Range(0, height)
                from column in Enumerable.Range(0, width) select (row, column, band),
            "bil" => from row in Enumerable.Range(0, height) from band in Enumerable.Range(0, bands)
                from column in Enumerable.Range(0, width) select (row, column, band),
            _ => from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width)
                from band in Enumerable.Range(0, bands) select (row, column, band),
        };
        File.WriteAllBytes(path, [.. order.SelectMany(at => BitConverter.GetBytes((ushort)scene.Samples[(((at.Row * width) + at.Column) * bands) + at.Band]))]);
        File.WriteAllLines(Path.ChangeExtension(path, ".hdr"),
        [
            "ENVI", string.Create(CultureInfo.InvariantCulture, $"samples = {width}"), $"lines = {height}", $"bands = {bands}",
                "header offset = 0",
            "file type = ENVI Standard", "data type = 12", $"interleave = {interleave}", "byte order = 0", .. more,
        ]);
    }
}
