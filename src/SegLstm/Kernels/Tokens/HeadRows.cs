using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>Where the heads of a tensor <c>(B, H, S, W)</c> lie whose channels are side by side, or the numbers of <c>(B, H,
/// S)</c>, read from the first token to the last or from the last to the first. Valid as long as the tensor.</summary>
/// <typeparam name="T">The element.</typeparam>
internal readonly unsafe struct HeadRows<T>
    where T : unmanaged
{
    private readonly T* start;
    private readonly nint sample;
    private readonly nint head;

    /// <summary>Finds the heads.</summary>
    /// <param name="x">The tensor, as <see cref="TokenTensors.Ready"/> gives it.</param>
    /// <param name="reverse">Whether token 0 is the last.</param>
    public HeadRows(Tensor x, bool reverse = false)
    {
        var strides = x.stride();
        (sample, head, Token) = ((nint)strides[0], (nint)strides[1], (nint)strides[2]);
        start = TensorMemory.Pointer<T>(x);
        if (reverse)
        {
            start += (nint)(x.shape[2] - 1) * Token;
            Token = -Token;
        }
    }

    /// <summary>Heads of one sample.</summary>
    /// <param name="start">The first channel of the first head of token 0.</param>
    /// <param name="headStep">Elements from head to head.</param>
    /// <param name="tokenStep">Elements from a token to the one that is read next.</param>
    public HeadRows(T* start, nint headStep, nint tokenStep)
    {
        this.start = start;
        (head, Token) = (headStep, tokenStep);
    }

    /// <summary>Elements from a token to the one that is read next.</summary>
    public nint Token { get; }

    /// <summary>The first channel of a head of a token.</summary>
    public T* At(int ofSample, int ofHead, nint token) => start + (ofSample * sample) + (ofHead * head) + (token * Token);
}
