using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>Makes a pyramid of equal maps: 1×1 convolutions, bilinear resizing by one factor each, 3×3 convolutions; no norm, no
/// activation.</summary>
/// <remarks>Names <c>lateral_convs.{i}.conv, convs.{i}.conv</c>; Xavier-uniform, bias 0. Source: mmsegmentation,
/// <c>MultiLevelNeck</c>.</remarks>
public sealed class MultiLevelNeck : nn.Module<Tensor[], Tensor[]>
{
    private readonly ModuleList<Sequential> lateral_convs;
    private readonly ModuleList<Sequential> convs;
    private readonly long[] inChannels;
    private readonly long outChannels;
    private readonly double[] scales;

    /// <summary>Makes the neck.</summary>
    /// <param name="inChannels">Channels of the maps; one map serves all factors.</param>
    /// <param name="outChannels">Channels of every result.</param>
    /// <param name="scales">Factors, from fine to coarse; 4, 2, 1, 0.5 are published.</param>
    /// <exception cref="ArgumentException">There are neither as many maps as factors nor one, or a number is not
    /// positive.</exception>
    public MultiLevelNeck(long[] inChannels, long outChannels, double[] scales) : base(nameof(MultiLevelNeck))
    {
        if (scales.Length == 0 || (inChannels.Length != scales.Length && inChannels.Length != 1))
        {
            throw new ArgumentException(
                $"Expected as many maps as factors, or one map; got {inChannels.Length} and {scales.Length}.",
                nameof(inChannels));
        }

        if (outChannels < 1 || inChannels.Any(c => c < 1) || scales.Any(scale => !(scale > 0)))
        {
            throw new ArgumentException(
                $"Channels and factors must be positive, got [{string.Join(", ", inChannels)}], {outChannels} " +
                $"and [{string.Join(", ", scales)}].");
        }

        (this.inChannels, this.outChannels, this.scales) = (inChannels, outChannels, scales);
        lateral_convs = new ModuleList<Sequential>([.. inChannels.Select(c => Xavier(nn.Conv2d(c, outChannels, 1)))]);
        convs = new ModuleList<Sequential>([.. scales.Select(_ => Xavier(nn.Conv2d(outChannels, outChannels, 3, padding: 1)))]);
        RegisterComponents();
    }

    /// <summary>Maps <c>(N, in, h, w)</c> to <c>(N, out, ⌊h·scale⌋, ⌊w·scale⌋)</c>, one a factor.</summary>
    /// <exception cref="ArgumentException">There are more or fewer maps.</exception>
    public override Tensor[] forward(Tensor[] maps)
    {
        if (maps.Length != lateral_convs.Count)
        {
            throw new ArgumentException($"Expected {lateral_convs.Count} feature maps, got {maps.Length}.", nameof(maps));
        }

        using var scope = NewDisposeScope();
        var laterals = maps.Zip(lateral_convs, (map, conv) => conv.call(map)).ToArray();
        return [.. scales.Select((scale, level) =>
        {
            var map = laterals[laterals.Length == 1 ? 0 : level];
            // The factor itself places the samples, also where it does not divide the size.
            var resized = nn.functional.interpolate(
                map, scale_factor: [scale, scale], mode: InterpolationMode.Bilinear, align_corners: false);
            return convs[level].call(resized).MoveToOuterDisposeScope();
        })];
    }

    /// <summary>Multiply-adds on maps of <paramref name="pixels"/> pixels, by the convention of
    /// <see cref="Complexity"/>.</summary>
    public double MultiplyAdds(long pixels)
    {
        var lateral = inChannels.Sum(c => (double)pixels * outChannels * (c + 1));
        return lateral + scales.Sum(scale => pixels * scale * scale * outChannels * ((9 * outChannels) + 1 + 4));
    }

    private static Sequential Xavier(Conv2d conv)
    {
        nn.init.xavier_uniform_(conv.weight!);
        nn.init.zeros_(conv.bias!);
        return nn.Sequential(("conv", conv));
    }
}
