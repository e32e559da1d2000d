using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>A tensor <c>(B, H, S, ·)</c> or <c>(B, H, S)</c> in host memory, whose tokens are read from the first to the last or
/// from the last to the first. The elements of a token lie side by side.</summary>
internal readonly unsafe struct MlstmRows<T>
    where T : unmanaged
{
    private readonly T* start;
    private readonly nint sample;
    private readonly nint head;

    /// <summary>Looks at a tensor, which must outlive this.</summary>
    public MlstmRows(Tensor x, bool reverse)
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

    /// <summary>Elements from a token to the one that is read next.</summary>
    public nint Token { get; }

    /// <summary>A token.</summary>
    public T* At(int ofSample, int ofHead, nint token) => start + (ofSample * sample) + (ofHead * head) + (token * Token);

    /// <summary>Asks for tokens that will be read soon.</summary>
    public void Prefetch(int ofSample, int ofHead, nint first, int tokens, int width)
    {
        for (var t = 0; t < tokens; t++)
        {
            Prefetching.Ask(At(ofSample, ofHead, first + t), width);
        }
    }
}
