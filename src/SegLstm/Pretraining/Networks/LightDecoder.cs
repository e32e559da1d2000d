using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>Fuses all maps of any backbone on the grid of the finest: a 1×1 convolution each, resized (aligned corners) and
/// added, then a 3×3 convolution and a 1×1 to the channels wanted.</summary>
/// <remarks>Ours; for pre-training around backbones that have no decoder of their own in GLCNet's code. Every map takes part, so
/// every layer in front of one is trained. Names <c>lateral, bn1, conv2, bn2, conv3</c>.</remarks>
internal sealed class LightDecoder : nn.Module<Tensor[], Tensor>
{
    private readonly ModuleList<Conv2d> lateral;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly int finest;

    /// <summary>Makes the decoder.</summary>
    /// <param name="channels">Channels of the maps.</param>
    /// <param name="strides">Image pixels in a step of each map.</param>
    /// <param name="outChannels">Channels that come out.</param>
    /// <param name="width">Channels inside.</param>
    public LightDecoder(IReadOnlyList<int> channels, IReadOnlyList<int> strides, int outChannels, int width = 64)
        : base(nameof(LightDecoder))
    {
        lateral = new ModuleList<Conv2d>([.. channels.Select(count => nn.Conv2d(count, width, 1, bias: false))]);
        bn1 = nn.BatchNorm2d(width);
        conv2 = nn.Conv2d(width, width, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(width);
        conv3 = nn.Conv2d(width, outChannels, 1);
        finest = Enumerable.Range(0, strides.Count).MinBy(map => strides[map]);
        Stride = strides[finest];
        RegisterComponents();
    }

    /// <summary>Image pixels in a step of what comes out.</summary>
    public int Stride { get; }

    /// <summary>The backbone's maps to <c>(B, outChannels, h, w)</c>, h and w those of the finest.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (maps[finest].shape[2], maps[finest].shape[3]);
        var sum = lateral.Zip(maps, (convolution, map) => Resizing.BilinearAligned(convolution.call(map), height, width))
            .Aggregate((total, next) => total + next);
        var y = nn.functional.relu(bn1.call(sum));
        y = nn.functional.relu(bn2.call(conv2.call(y)));
        return conv3.call(y).MoveToOuterDisposeScope();
    }
}
