using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>Scores without gradients, a pixel a lane, on libtorch's number of threads. Results do not depend on it.</summary>
internal static class LaneInference
{
    // About what a multiply-add of a pixel takes, in nanoseconds, to see whether threads pay.
    private const double Cost = 0.03;

    // Below, what the weights cost to copy is not won back.
    private const long LeastPixels = 8;

    /// <summary>Whether it can stand in for the modules: nothing to record, float32 in host memory, no mixed precision.</summary>
    /// <param name="spectra">Spectra <c>(B, L)</c>.</param>
    /// <param name="parameter">A parameter of the model.</param>
    public static bool Fits(Tensor spectra, Tensor parameter) => !is_grad_enabled() && !MixedPrecision.IsOn
        && spectra.dtype == ScalarType.Float32 && spectra.shape[0] >= LeastPixels && TokenTensors.Fit(spectra, parameter);

    /// <summary>Scores <c>(B, classes)</c> of spectra.</summary>
    /// <param name="model">The model.</param>
    /// <param name="spectra">Spectra <c>(B, L)</c>, merged already.</param>
    public static Tensor Run(SpectralMamba model, Tensor spectra) => Run(LaneWidths.Widest, model, spectra);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Run(LaneWidth width, SpectralMamba model, Tensor spectra)
    {
        var weights = new LaneWeights(model);
        using var ready = spectra.contiguous();
        var logits = empty([spectra.shape[0], weights.Classes]);
        switch (width)
        {
            case LaneWidth.Bits512:
                Run<Lanes512<float>, Vector512<float>>(weights, ready, logits, model.MultiplyAdds);
                break;
            case LaneWidth.Bits256:
                Run<Lanes256<float>, Vector256<float>>(weights, ready, logits, model.MultiplyAdds);
                break;
            default:
                Run<Lanes128<float>, Vector128<float>>(weights, ready, logits, model.MultiplyAdds);
                break;
        }

        return logits;
    }

    private static unsafe void Run<TLanes, TVector>(LaneWeights weights, Tensor spectra, Tensor logits, double multiplyAdds)
        where TLanes : ILanes<TVector, float>
        where TVector : unmanaged
    {
        var pass = new LanePass<TLanes, TVector>(weights);
        var (pixels, lanes) = ((int)spectra.shape[0], TLanes.Count);
        float* from = TensorMemory.Pointer<float>(spectra), to = TensorMemory.Pointer<float>(logits);
        Workers.Run((pixels + lanes - 1) / lanes, Cost * multiplyAdds * pixels, group =>
        {
            var first = group * lanes;
            pass.Run(
                from + ((nint)first * weights.Pieces.Bands), Math.Min(lanes, pixels - first), to + ((nint)first * weights.Classes));
        });
        GC.KeepAlive(spectra);
        GC.KeepAlive(logits);
    }
}
