using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.ResNet;

/// <summary>A residual block of three convolutions: 1×1 to a narrow width, 3×3, 1×1 to four times that width.</summary>
/// <remarks>
/// The stride sits on the 3×3. Names <c>conv1, bn1, conv2, bn2, conv3, bn3, downsample.{0,1}</c>.
/// Source: He et al. (arXiv 1512.03385); torchvision and GeoX-Lab/G-RSIM, <c>Bottleneck</c>.
/// </remarks>
internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly ModuleList<nn.Module<Tensor, Tensor>>? downsample;
    private readonly int stride;

    /// <summary>Makes the block.</summary>
    /// <param name="inChannels">Channels in.</param>
    /// <param name="width">Channels of the 3×3; four times as many come out.</param>
    /// <param name="stride">Step of the 3×3.</param>
    /// <param name="dilation">Step between its taps.</param>
    /// <param name="momentum">Momentum of the batch norms.</param>
    public Bottleneck(int inChannels, int width, int stride, int dilation, double momentum) : base(nameof(Bottleneck))
    {
        this.stride = stride;
        conv1 = nn.Conv2d(inChannels, width, 1, bias: false);
        bn1 = nn.BatchNorm2d(width, momentum: momentum);
        conv2 = nn.Conv2d(width, width, 3, stride: stride, padding: dilation, dilation: dilation, bias: false);
        bn2 = nn.BatchNorm2d(width, momentum: momentum);
        conv3 = nn.Conv2d(width, 4 * width, 1, bias: false);
        bn3 = nn.BatchNorm2d(4 * width, momentum: momentum);
        downsample = stride == 1 && inChannels == 4 * width ? null : new ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Conv2d(inChannels, 4 * width, 1, stride: stride, bias: false), nn.BatchNorm2d(4 * width, momentum: momentum));
        RegisterComponents();
    }

    /// <summary><c>(N, in, h, w)</c> to <c>(N, 4·width, ⌈h/stride⌉, ⌈w/stride⌉)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = nn.functional.relu(ActivationCheckpoint.Normalise(bn1, conv1.call(x)));
        y = nn.functional.relu(ActivationCheckpoint.Normalise(bn2, conv2.call(y)));
        y = ActivationCheckpoint.Normalise(bn3, conv3.call(y));
        var shortcut = downsample is null
            ? x
            : ActivationCheckpoint.Normalise((BatchNorm2d)downsample[1], downsample[0].call(x));
        return nn.functional.relu(y + shortcut).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for a map of this size: taps, two a value for a norm, one for a ReLU or a sum.</summary>
    public double MultiplyAdds(long rows, long columns)
    {
        var (before, after) = ((double)rows * columns, (double)Reduce(rows) * Reduce(columns));
        double width = conv1.out_channels, inChannels = conv1.in_channels;
        return (before * width * (inChannels + 3)) + (after * width * ((9 * width) + 3)) + (after * 4 * width * (width + 4))
            + (downsample is null ? 0 : after * 4 * width * (inChannels + 2));
    }

    /// <summary>Rows (or columns) that come out for rows (or columns) that go in.</summary>
    public long Reduce(long size) => (size + stride - 1) / stride;
}
