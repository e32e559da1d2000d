using SegLstm.Kernels.Winograd;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Convolution without bias, batch norm (eps 1e-5, momentum 0.1), ReLU: the brick of every decoder here.</summary>
/// <remarks>Names <c>conv.weight</c>, <c>bn.*</c>; Kaiming-normal (fan out). Source: mmcv, <c>ConvModule</c>.</remarks>
public sealed class ConvNormAct : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;
    private readonly bool activate;
    private readonly bool isDense;

    /// <summary>Makes the brick; the padding keeps the size.</summary>
    /// <param name="inChannels">Channels in.</param>
    /// <param name="outChannels">Channels out.</param>
    /// <param name="kernelSize">Odd side of the kernel.</param>
    /// <param name="dilation">Step between taps.</param>
    /// <param name="groups">Channel groups; <paramref name="inChannels"/> makes it depthwise.</param>
    /// <param name="activate">False leaves out the ReLU.</param>
    public ConvNormAct(long inChannels, long outChannels, long kernelSize, long dilation = 1, long groups = 1,
        bool activate = true)
        : base(nameof(ConvNormAct))
    {
        (this.activate, isDense) = (activate, dilation == 1 && groups == 1);
        (InChannels, OutChannels, KernelSize, Groups) = (inChannels, outChannels, kernelSize, groups);
        conv = nn.Conv2d(inChannels, outChannels, kernelSize, padding: kernelSize / 2 * dilation, dilation: dilation,
            groups: groups, bias: false);
        bn = nn.BatchNorm2d(outChannels);
        nn.init.kaiming_normal_(conv.weight!, 0, nn.init.FanInOut.FanOut, nn.init.NonlinearityType.ReLU);
        RegisterComponents();
    }

    /// <summary>Channels in.</summary>
    public long InChannels { get; }

    /// <summary>Channels out.</summary>
    public long OutChannels { get; }

    private long KernelSize { get; }

    private long Groups { get; }

    /// <summary><c>(N, in, h, w)</c> to <c>(N, out, h, w)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = ActivationCheckpoint.Normalise(bn, Convolve(x));
        return (activate ? nn.functional.relu(y) : y).MoveToOuterDisposeScope();
    }

    // Not in training mode: activation checkpointing must compute the same to the bit without gradients and with them.
    private Tensor Convolve(Tensor x) => !training && isDense && !conv.HasHooks && Winograd.Fits(x, conv.weight)
        ? Winograd.Forward(x, conv.weight) : conv.call(x);

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels: the taps, two for the norm, one for the
    /// ReLU.</summary>
    public double MultiplyAdds(long pixels) =>
        (double)pixels * OutChannels * (InChannels / Groups * KernelSize * KernelSize + 2 + (activate ? 1 : 0));
}
