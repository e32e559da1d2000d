using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Hyperspectral;

/// <summary>Names the class of a pixel by its spectrum, or by the spectra of a small window around it.</summary>
/// <remarks>Input <c>(B, bands)</c> or <c>(B, bands, window, window)</c>, output <c>(B, classes)</c>. Samples are standardised band
/// by band before: see <c>SegLstm.Hyperspectral.BandScale</c>.</remarks>
public abstract class PixelClassifier : nn.Module<Tensor, Tensor>
{
    /// <summary>Declares what goes in and comes out.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="input">Bands, classes and window.</param>
    /// <exception cref="ArgumentException">They are not valid; the message lists all problems.</exception>
    protected PixelClassifier(string name, SpectralInput input) : base(name)
    {
        Problems.ThrowIfAny(name, input.Validate());
        Input = input;
    }

    /// <summary>Bands, classes and window that it was made for.</summary>
    public SpectralInput Input { get; }

    /// <summary>Multiply-adds for one pixel, by the convention of <see cref="Complexity"/>.</summary>
    public abstract double MultiplyAdds { get; }

    /// <summary>Parameters, and multiply-adds for one pixel, as the profiler of the published tables counts them.</summary>
    public abstract ProfilerCost Profiled { get; }

    /// <summary>The windows as <c>(B, bands, window, window)</c>.</summary>
    /// <exception cref="ArgumentException">They have another shape; the message says which and what would do.</exception>
    protected Tensor Windows(Tensor x)
    {
        var (bands, window) = (Input.Bands, Input.Window);
        if (window == 1 && x.dim() == 2 && x.shape[1] == bands)
        {
            return x.view(-1, bands, 1, 1);
        }

        return x.dim() == 4 && x.shape.AsSpan(1).SequenceEqual([bands, window, window])
            ? x
            : throw new ArgumentException(
                $"{GetName()}: expected (B, {bands}, {window}, {window})" + (window == 1 ? $" or (B, {bands})" : "")
                + $", got ({string.Join(", ", x.shape)}). Cut windows of {window} x {window} pixels, or make the model for these.",
                nameof(x));
    }

    /// <summary>The spectra of single pixels <c>(B, bands)</c>.</summary>
    /// <exception cref="ArgumentException">They have another shape.</exception>
    protected Tensor Spectra(Tensor x) => Windows(x).flatten(1);
}
