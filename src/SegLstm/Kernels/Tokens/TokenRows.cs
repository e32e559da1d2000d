using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>Where the tokens of a tensor <c>(B, S, E)</c> lie whose channels are side by side: that of a half of a projection's
/// output, too. Valid as long as the tensor.</summary>
/// <typeparam name="T">The element.</typeparam>
internal readonly unsafe struct TokenRows<T>
    where T : unmanaged
{
    private readonly T* start;
    private readonly nint sampleStep;

    /// <summary>Finds the tokens.</summary>
    /// <param name="x">The tensor, as <see cref="TokenTensors.Ready"/> gives it.</param>
    public TokenRows(Tensor x)
    {
        var steps = x.stride();
        start = TensorMemory.Pointer<T>(x);
        (sampleStep, Step) = ((nint)steps[0], (nint)steps[1]);
    }

    /// <summary>Tokens of one sample.</summary>
    /// <param name="start">Where token 0 would begin.</param>
    /// <param name="step">Elements from token to token.</param>
    public TokenRows(T* start, nint step) : this(start, 0, step)
    {
    }

    private TokenRows(T* start, nint sampleStep, nint step)
    {
        this.start = start;
        (this.sampleStep, Step) = (sampleStep, step);
    }

    /// <summary>Elements from token to token.</summary>
    public nint Step { get; }

    /// <summary>The tokens of a sample and of those behind it, which becomes sample 0.</summary>
    public TokenRows<T> From(int sample) => new(start + (sample * sampleStep), sampleStep, Step);

    /// <summary>The first channel of a token; of places outside of the tensor, where it would be.</summary>
    public T* At(int sample, int token) => start + (sample * sampleStep) + (token * Step);
}
