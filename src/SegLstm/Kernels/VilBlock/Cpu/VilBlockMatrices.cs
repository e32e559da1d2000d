using System.Numerics;
using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.DenseLinear.Cpu;
using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>The parameters of a block as its steps read them.</summary>
internal sealed unsafe class VilBlockMatrices<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Block = BlockLinearFunction.Block;

    private readonly VilBlockShape shape;
    private readonly VilBlockWeights given;
    private readonly Scratch<T> memory;

    /// <summary>Puts them in order.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="x">Contiguous parameters, which must outlive this.</param>
    public VilBlockMatrices(VilBlockShape shape, VilBlockWeights x)
    {
        (this.shape, given) = (shape, x);
        var (dim, inner, mixer) = (shape.Dim, shape.Inner, x.Mixer);
        GateWidth = ((2 * shape.Heads) + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        memory = new Scratch<T>(
            Vectors(dim) + Vectors(inner) + Vectors(shape.Conv.Taps * inner) + (3 * Vectors(Block * inner)), 6, TLanes.Count);
        Norm = (Multipliers(x.Norm!.Value.Weight), Pointer(x.Norm.Value.Bias));
        OutNorm = (Multipliers(mixer.OutNorm.Weight), Pointer(mixer.OutNorm.Bias));
        Taps = Turned(mixer.Conv.Weight, 1, inner, shape.Conv.Taps);
        Q = Turned(mixer.Q.Weight, inner / Block, Block, Block);
        K = Turned(mixer.K.Weight, inner / Block, Block, Block);
        V = Turned(mixer.V.Weight, inner / Block, Block, Block);
        Up = new PackedMatrix<TLanes, TVector, T>(dim, 2 * inner, (T*)Pointer(x.Up.Bias));
        Up.ReadTransposed((T*)Pointer(x.Up.Weight), dim);
        Down = new PackedMatrix<TLanes, TVector, T>(inner, dim, (T*)Pointer(x.Down.Bias));
        Down.ReadTransposed((T*)Pointer(x.Down.Weight), inner);
        Gates = ReadGates();
    }

    /// <summary>Multipliers and offsets of the first norm.</summary>
    public (nint Weight, nint Bias) Norm { get; }

    /// <summary>Multipliers and offsets of the norm behind the mLSTM.</summary>
    public (nint Weight, nint Bias) OutNorm { get; }

    /// <summary>Taps of the convolution, one behind the other.</summary>
    public nint Taps { get; }

    /// <summary>Bias of the convolution.</summary>
    public nint ConvBias => Pointer(given.Mixer.Conv.Bias);

    /// <summary>Columns of the queries' blocks.</summary>
    public nint Q { get; }

    /// <summary>Columns of the keys' blocks.</summary>
    public nint K { get; }

    /// <summary>Columns of the values' blocks.</summary>
    public nint V { get; }

    /// <summary>Biases of queries, keys and values.</summary>
    public (nint Q, nint K, nint V) MapBiases =>
        (Pointer(given.Mixer.Q.Bias), Pointer(given.Mixer.K.Bias), Pointer(given.Mixer.V.Bias));

    /// <summary>Weights of what goes round the mLSTM.</summary>
    public nint Skip => Pointer(given.Mixer.Skip);

    /// <summary>The up-projection.</summary>
    public PackedMatrix<TLanes, TVector, T> Up { get; }

    /// <summary>The down-projection.</summary>
    public PackedMatrix<TLanes, TVector, T> Down { get; }

    /// <summary>What q, k and v give to both gates of all heads; then nothing up to <see cref="GateWidth"/>. The bias is with
    /// q.</summary>
    public PackedMatrix<TLanes, TVector, T>[] Gates { get; }

    /// <summary>Gates of a token, in whole vectors.</summary>
    public int GateWidth { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        Up.Dispose();
        Down.Dispose();
        Array.ForEach(Gates, part => part.Dispose());
    }

    private static int Vectors(int elements) => (elements + TLanes.Count - 1) / TLanes.Count;

    private static nint Pointer(Tensor? x) => (nint)TensorMemory.Pointer<T>(x);

    /// <summary>1 + w.</summary>
    private nint Multipliers(Tensor weight)
    {
        var count = (int)weight.shape[0];
        var from = (T*)Pointer(weight);
        var to = memory.Take(Vectors(count));
        for (var k = 0; k < count; k++)
        {
            to[k] = T.One + from[k];
        }

        return (nint)to;
    }

    /// <summary>Matrices <c>(count, rows, columns)</c> as <c>(columns, count · rows)</c>.</summary>
    private nint Turned(Tensor matrices, int count, int rows, int columns)
    {
        var from = (T*)Pointer(matrices);
        var to = memory.Take(Vectors(count * rows * columns));
        for (var row = 0; row < count * rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                to[(column * count * rows) + row] = *from++;
            }
        }

        return (nint)to;
    }

    private PackedMatrix<TLanes, TVector, T>[] ReadGates()
    {
        var (heads, width) = (shape.Heads, 3 * shape.Inner);
        using var joined = new Scratch<T>(((long)GateWidth * width / TLanes.Count) + 1 + Vectors(GateWidth), 2, TLanes.Count);
        T* weights = joined.TakeCleared((GateWidth * width / TLanes.Count) + 1), biases = joined.TakeCleared(Vectors(GateWidth));
        foreach (var (gate, first) in new[] { (given.Mixer.InputGate, 0), (given.Mixer.ForgetGate, heads) })
        {
            new ReadOnlySpan<T>((T*)Pointer(gate.Weight), heads * width).CopyTo(
                new Span<T>(weights + ((nint)first * width), heads * width));
            new ReadOnlySpan<T>((T*)Pointer(gate.Bias), heads).CopyTo(new Span<T>(biases + first, heads));
        }

        var parts = new PackedMatrix<TLanes, TVector, T>[3];
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = new PackedMatrix<TLanes, TVector, T>(shape.Inner, GateWidth, part == 0 ? biases : null);
            parts[part].ReadTransposed(weights + (part * shape.Inner), width);
        }

        return parts;
    }
}
