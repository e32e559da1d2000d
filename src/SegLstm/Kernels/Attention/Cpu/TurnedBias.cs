using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>A bias as the kernel reads it: of each sequence and head a row for each key, its queries side by side and filled up to whole
/// vectors. Valid until it is disposed.</summary>
/// <typeparam name="T">The element.</typeparam>
internal sealed unsafe class TurnedBias<T> : IDisposable
    where T : unmanaged
{
    /// <summary>What a row is filled up to: elements of the widest vector.</summary>
    public const int Fill = 16;

    private readonly Tensor turned;
    private readonly T* start;
    private readonly nint[] sequences;
    private readonly nint head;

    /// <summary>Turns a bias.</summary>
    /// <param name="bias">Broadcasts to <c>(leading, heads, N, N)</c>.</param>
    /// <param name="leading">Leading dimensions of the sequences.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="tokens">N.</param>
    public TurnedBias(Tensor bias, long[] leading, int heads, int tokens)
    {
        Row = Filled(tokens);
        using var scope = NewDisposeScope();
        var own = bias.shape[..^2];
        turned = zeros([.. own, tokens, Row], dtype: bias.dtype);
        turned.narrow(-1, 0, tokens).copy_(bias.detach().expand([.. own, tokens, tokens]).transpose(-2, -1));
        var strides = turned.expand([.. leading, heads, tokens, Row]).stride();
        start = TensorMemory.Pointer<T>(turned);
        head = (nint)strides[leading.Length];
        sequences = [.. Enumerable.Range(0, (int)leading.Aggregate(1L, (all, size) => all * size)).Select(Offset)];
        turned.MoveToOuterDisposeScope();

        nint Offset(int sequence)
        {
            nint offset = 0;
            for (var i = leading.Length - 1; i >= 0; i--)
            {
                (sequence, var at) = Math.DivRem(sequence, (int)leading[i]);
                offset += at * (nint)strides[i];
            }

            return offset;
        }
    }

    /// <summary>Elements from key to key.</summary>
    public int Row { get; }

    /// <summary>Elements of a row of so many queries.</summary>
    public static int Filled(int tokens) => (tokens + Fill - 1) / Fill * Fill;

    /// <summary>The row of key 0.</summary>
    public T* At(int sequence, int ofHead) => start + sequences[sequence] + (ofHead * head);

    /// <inheritdoc/>
    public void Dispose() => turned.Dispose();
}
