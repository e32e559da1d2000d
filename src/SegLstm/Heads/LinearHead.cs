using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>The linear probe: a 1×1 convolution on the maps side by side, and nothing else.</summary>
/// <remarks>
/// <para>It reads all maps that it is given, not the last alone: the classes' cues lie at different depths, and every part of the
/// backbone gets a gradient where it is trained along. The maps are resized bilinearly to the finest; as that is linear in them,
/// too, the scores are the sum of a linear function of each map. There is no norm and no dropout: what is measured is the
/// backbone.</para>
/// <para>Names <c>conv_seg</c>. It computes each map's share at the map's own size and resizes the scores, which gives the same
/// numbers (a 1×1 convolution and a resize commute) without the wide map.</para>
/// </remarks>
public sealed class LinearHead : Head
{
    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of the maps, from fine to coarse.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="inputs">Which maps, by index; null: the first ones.</param>
    public LinearHead(int[] inChannels, int classes, int[]? inputs = null)
        : base(nameof(LinearHead), inputs ?? [.. Enumerable.Range(0, inChannels.Length)], inChannels, inChannels.Sum(), classes,
            dropout: 0) =>
        RegisterComponents();

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the finest map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var selected = Select(maps);
        Tensor? scores = null;
        var start = 0L;
        foreach (var map in selected)
        {
            var weight = Classifier.weight.narrow(1, start, map.shape[1]);
            var share = ResizeLike(nn.functional.conv2d(map, weight, scores is null ? Classifier.bias : null), selected[0]);
            scores = scores is null ? share : scores + share;
            start += map.shape[1];
        }

        return scores!.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var finest = pixels[Inputs[0]];
        var resized = Inputs.Skip(1).Sum(input => (double)finest * Classes * (pixels[input] == finest ? 1 : 5));
        return Inputs.Zip(InChannels, (input, channels) => (double)pixels[input] * channels * Classes).Sum()
            + (finest * (double)Classes) + resized;
    }
}
