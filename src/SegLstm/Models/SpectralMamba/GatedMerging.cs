using SegLstm.Models.Hyperspectral;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba;

/// <summary>Gated spatial-spectral merging (GSSM): the spectra of a window become one, each sample weighted by a learned mask
/// between 0 and 1.</summary>
/// <remarks>
/// <para><c>M = sigmoid(pw(dw(X)))</c>; <c>s_l = Σ_uv M_luv X_luv</c>. Names <c>dw</c> (3 x 3 depthwise) and <c>pw</c> (1 x 1), both
/// with bias, zeros beyond the window's edge. Source: SpectralMamba (arXiv 2404.08489).</para>
/// <para>What the published counts pin down: kernel, padding and square pointwise map make the 12.86M multiply-adds between
/// the patchwise and the pixelwise model to every printed digit, for windows of 3 x 3 and batches of 64. The biases are the
/// one choice near the 22.63K parameters between them: 22,620, one less than what two correctly rounded numbers allow.</para>
/// </remarks>
public sealed class GatedMerging : nn.Module<Tensor, Tensor>
{
    private const int Kernel = 3;

    private readonly Conv2d dw;
    private readonly Conv2d pw;
    private readonly int bands;

    /// <summary>Makes the module.</summary>
    /// <param name="bands">L.</param>
    public GatedMerging(int bands) : base(nameof(GatedMerging))
    {
        this.bands = bands;
        dw = nn.Conv2d(bands, bands, Kernel, padding: Kernel / 2, groups: bands);
        pw = nn.Conv2d(bands, bands, 1);
        RegisterComponents();
    }

    /// <summary>Windows <c>(B, L, h, w)</c> to spectra <c>(B, L)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var mask = Mask(x);
        return Merge(mask, x);
    }

    /// <summary>What of each sample is taken: <c>(B, L, h, w)</c>, between 0 and 1.</summary>
    /// <param name="x">Windows <c>(B, L, h, w)</c>.</param>
    public Tensor Mask(Tensor x)
    {
        using var scope = NewDisposeScope();
        return pw.call(dw.call(x)).sigmoid().MoveToOuterDisposeScope();
    }

    /// <summary>The spectra that a mask makes of windows: <c>(B, L)</c>.</summary>
    internal static Tensor Merge(Tensor mask, Tensor x)
    {
        using var product = mask * x;
        return product.sum(dim: [2, 3]);
    }

    /// <summary>Multiply-adds for a window of <paramref name="pixels"/> pixels: taps, map, sigmoid, sum.</summary>
    internal double MultiplyAdds(int pixels) => (double)pixels * bands * ((Kernel * Kernel) + bands + 2);

    /// <summary>The same as the tables count.</summary>
    internal ProfilerCost Profiled(int pixels) =>
        ProfilerCost.Convolution(1, bands, Kernel * Kernel, pixels) + ProfilerCost.Linear(bands, bands, pixels);
}
