using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using SegLstm.Kernels.Winograd.Cpu;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Winograd;

/// <summary>The 3×3 convolution of a map of many channels with 4 multiplications a pixel and pair of channels in place of 9, for
/// inference on the CPU: Winograd's minimal filtering F(2×2, 3×3).</summary>
/// <remarks>
/// Each 2×2 pixels of the result come from 4×4 of the map: sums and differences of both, and of the taps, turn the convolution into
/// 16 products of matrices (tiles by channels in, channels in by channels out). Float32: about twice the rounding of the direct sum.
/// Results do not depend on the number of threads. The oracle is <c>nn.functional.conv2d</c>. Source: Lavin and Gray,
/// arXiv 1509.09308, section 4.1.
/// </remarks>
internal static class Winograd
{
    // Below, transforming the taps takes what the products save.
    private const long LeastPixels = 256;
    private const long LeastChannels = 64;

    /// <summary>Whether a convolution can be computed so, and gains by it.</summary>
    /// <param name="x">The map.</param>
    /// <param name="weight">The taps, of one group, without dilation.</param>
    public static bool Fits(Tensor x, Tensor weight) =>
        x.dim() == 4 && x.shape[0] > 0 && x.shape[2] * x.shape[3] >= LeastPixels && weight.shape[1] == x.shape[1]
        && weight.shape[2] == 3 && weight.shape[3] == 3 && IsMany(weight.shape[0]) && IsMany(weight.shape[1])
        && !MixedPrecision.IsOn && TokenTensors.Fit(x, weight) && !TokenTensors.WantGradient(x, weight);

    /// <summary>Convolves, with a border of one pixel of 0.</summary>
    /// <param name="x">The map <c>(B, C, H, W)</c>.</param>
    /// <param name="weight">The taps <c>(O, C, 3, 3)</c>, which <see cref="Fits"/>.</param>
    /// <returns>Contiguous <c>(B, O, H, W)</c>.</returns>
    public static Tensor Forward(Tensor x, Tensor weight) => Forward(LaneWidths.Widest, x, weight);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(LaneWidth width, Tensor x, Tensor weight)
    {
        using var scope = NewDisposeScope();
        return CpuWinograd.Forward(x.contiguous(), weight.contiguous(), width).MoveToOuterDisposeScope();
    }

    private static bool IsMany(long channels) => channels >= LeastChannels && channels % LaneWidths.MostLanes == 0;
}
