using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Regions;

/// <summary>Boxes of a batch that show the same ground in both views.</summary>
/// <param name="First">In the first views: int64 <c>(B, n, 4)</c>, left, top, right, bottom, edges included.</param>
/// <param name="Second">In the second views, likewise.</param>
public sealed record LocalRegions(Tensor First, Tensor Second)
{
    /// <summary>Draws boxes for each image (<see cref="RegionSelection"/>).</summary>
    /// <param name="firstIndex">Index maps of the first views, int64 <c>(B, H, W)</c>.</param>
    /// <param name="secondIndex">Those of the second views.</param>
    /// <param name="boxSize">Side of a box in pixels: even.</param>
    /// <param name="count">Boxes an image, n.</param>
    /// <param name="seeds">The stream "regions" is used, an item for each image.</param>
    /// <exception cref="ArgumentException">Views of an image share no place for a box; the message names the image.</exception>
    public static LocalRegions Draw(Tensor firstIndex, Tensor secondIndex, int boxSize, int count, SeedStreams seeds)
    {
        var pairs = Enumerable.Range(0, (int)firstIndex.shape[0])
            .Select(image => Draw(image, firstIndex, secondIndex, boxSize, count, seeds)).ToArray();
        return new LocalRegions(Pack(pairs, pair => pair.First), Pack(pairs, pair => pair.Second));
    }

    private static RegionPair[] Draw(
        int image, Tensor firstIndex, Tensor secondIndex, int boxSize, int count, SeedStreams seeds)
    {
        using var scope = NewDisposeScope();
        try
        {
            var selection = new RegionSelection(firstIndex[image], secondIndex[image], boxSize);
            var random = seeds.Draw("regions", 0, image);
            return [.. Enumerable.Range(0, count).Select(_ => selection.Take(random.Next(selection.Candidates.Count)))];
        }
        catch (ArgumentException problem)
        {
            throw new ArgumentException($"Image {image} of the batch: {problem.Message}", problem);
        }
    }

    private static Tensor Pack(RegionPair[][] pairs, Func<RegionPair, Box> side)
    {
        long[] edges = [.. pairs.SelectMany(image => image).Select(side).SelectMany(
            box => new long[] { box.Left, box.Top, box.Right, box.Bottom })];
        return tensor(edges, [pairs.Length, pairs[0].Length, 4]);
    }
}
