using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>Makes a pyramid of strides 4, 8, 16 and 32 out of four maps of one stride, which have no class token.</summary>
/// <remarks>Names <c>act_postprocess{1..4}.{3,4}</c>, under <c>pretrained</c> in the authors' checkpoints.</remarks>
internal sealed class Reassembly : nn.Module<Tensor[], Tensor[]>
{
    private readonly Reassemble act_postprocess1;
    private readonly Reassemble act_postprocess2;
    private readonly Reassemble act_postprocess3;
    private readonly Reassemble act_postprocess4;

    public Reassembly(int[] inChannels, int[] channels, int patchSize) : base(nameof(Reassembly))
    {
        Reassemble Level(int k) => new(inChannels[k], channels[k], patchSize, Strides[k], DptReadout.Ignore);
        (act_postprocess1, act_postprocess2, act_postprocess3, act_postprocess4) = (Level(0), Level(1), Level(2), Level(3));
        RegisterComponents();
    }

    /// <summary>Strides of the pyramid.</summary>
    public static int[] Strides => [4, 8, 16, 32];

    private Reassemble[] Levels => [act_postprocess1, act_postprocess2, act_postprocess3, act_postprocess4];

    /// <summary>Four maps <c>(N, D, h, w)</c> to the pyramid.</summary>
    public override Tensor[] forward(Tensor[] maps) => [.. Levels.Zip(maps, (level, map) => level.Resample(map))];

    /// <summary>Pixels of the pyramid for maps of these pixels.</summary>
    public long[] Pixels(IReadOnlyList<long> pixels) => [.. Levels.Zip(pixels, (level, count) => level.Pixels(count))];

    /// <summary>Multiply-adds for maps of these pixels.</summary>
    public double MultiplyAdds(IReadOnlyList<long> pixels) =>
        Levels.Zip(pixels, (level, count) => level.MultiplyAdds(count)).Sum();
}
