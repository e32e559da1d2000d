using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>The labels that a <see cref="LabelFraction"/> drew, and how many they are.</summary>
public sealed class LabelDraw
{
    private readonly int _height, _width;

    internal LabelDraw(LabelFraction fraction, SceneArrays scene, byte[] labels, LabelFraction.LabelledBlock[] blocks)
    {
        (Fraction, Labels, _height, _width) = (fraction, labels, scene.Height, scene.Width);
        int[] available = new int[256], drawn = new int[256];
        foreach (int pixel in blocks.SelectMany(block => block.Pixels)) available[scene.Labels![pixel]]++;
        foreach (byte label in labels) drawn[label]++;
        Classes = [.. scene.Legend.Names.Select((name, i) => new LabelCount(name, drawn[i], available[i]))];
        (BlocksAvailable, BlocksDrawn) = (blocks.Length, blocks.Count(block => block.Pixels.Any(pixel => labels[pixel] != SceneArrays.Ignore)));
    }

    /// <summary>What was asked for.</summary>
    public LabelFraction Fraction { get; }

    /// <summary>The counts of each class, in the legend's order; 0 of 0 where the split never has it.</summary>
    public IReadOnlyList<LabelCount> Classes { get; }

    /// <summary>Blocks of the split with a label that was drawn.</summary>
    public int BlocksDrawn { get; }

    /// <summary>Blocks of the split with any label.</summary>
    public int BlocksAvailable { get; }

    /// <summary>The share of the labelled pixels that was really drawn.</summary>
    public double Share => Classes.Sum(c => (double)c.Drawn) / Classes.Sum(c => (double)c.Available);

    /// <summary>height x width, <see cref="SceneArrays.Ignore"/> where nothing was drawn.</summary>
    internal byte[] Labels { get; }

    /// <summary>The drawn labels `(H, W)` int64, 255 elsewhere and outside the split; a new tensor.</summary>
    public Tensor ToTensor() => tensor(Array.ConvertAll(Labels, label => (long)label), [_height, _width]);

    /// <summary>The counts in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Classes.Sum(c => c.Drawn)} of {Classes.Sum(c => c.Available)} labelled pixels ({100 * Share:0.##} %) in {BlocksDrawn} of {BlocksAvailable} blocks: ")
        + string.Join(", ", Classes.Select(c => $"{c.Class} {c.Drawn} of {c.Available}")) + ".";
}
