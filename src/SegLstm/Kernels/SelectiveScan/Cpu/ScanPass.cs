using System.Runtime.Intrinsics.X86;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What the forward and the backward pass have in common: where things lie.</summary>
internal abstract unsafe class ScanPass<TLanes, TVector, T, TInput, TOutput>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
    where TInput : IWeighting
    where TOutput : IWeighting
{
    private const int CacheLine = 64;

    private readonly ScanInputs<T> inputs;

    /// <summary>Prepares a pass.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="inputs">Inputs.</param>
    protected ScanPass(ScanShape shape, in ScanInputs<T> inputs)
    {
        Shape = shape;
        this.inputs = inputs;
    }

    /// <summary>Sizes.</summary>
    protected ScanShape Shape { get; }

    /// <summary>Elements from the weights of a token to those of the next in the scan.</summary>
    protected nint WeightStep => Shape.Reverse ? -Shape.States : Shape.States;

    /// <summary>Inputs.</summary>
    protected ref readonly ScanInputs<T> Inputs => ref inputs;

    /// <summary>Pieces of scratch memory that <see cref="ReadParameters"/> takes at most.</summary>
    protected static int ParameterPieces => 5;

    /// <summary>Vectors of scratch memory that it takes at most.</summary>
    protected int ParameterVectors => (3 * Shape.States) + 2;

    /// <summary>Reads the parameters of a block.</summary>
    protected LaneParameters<T> ReadParameters(Scratch<T> scratch, int sample, int block)
    {
        var (first, count) = Shape.ChannelsOf(block);
        var parameters = new LaneParameters<T>
        {
            Softplus = Inputs.Softplus,
            Skip = Read(Inputs.D, 1),
            DeltaBias = Read(Inputs.DeltaBias, 1),
            A = Read(Inputs.A, Shape.States),
            B = TInput.PerToken ? OfGroup(Inputs.B, Shape.InputGroups) : Read(Inputs.B, Shape.States),
            C = TOutput.PerToken ? OfGroup(Inputs.C, Shape.OutputGroups) : Read(Inputs.C, Shape.States),
        };
        ScanTokens<TLanes, TVector, T>.ScaleRates(Shape.States, parameters.A);
        return parameters;

        T* Read(T* values, int columns)
        {
            var tile = scratch.TakeCleared(columns);
            if (values != null)
            {
                Tiles.Read(values + ((nint)first * columns), columns, count, columns, tile, Shape.Lanes);
            }

            return tile;
        }

        T* OfGroup(T* weights, int groups)
        {
            var group = ((nint)sample * groups) + (first / (Shape.Channels / groups));
            return weights + (group * Shape.States * Shape.Length);
        }
    }

    /// <summary>Reads a chunk of a block from a tensor <c>(B, D, L)</c> into a tile.</summary>
    protected void Read(T* tensor, int sample, int block, int chunk, T* tile)
    {
        var (first, count) = Shape.ChannelsOf(block);
        Tiles.Read(
            tensor + Offset(sample, first, chunk), Shape.Length, count, Shape.Tokens(chunk), tile, Shape.Lanes, Shape.Reverse);
    }

    /// <summary>Asks for a chunk of a block of a tensor <c>(B, D, L)</c>, or of none, to be in the second cache when it is
    /// needed: the first has no room for that many rows, where they are a power of two apart.</summary>
    protected void Expect(T* tensor, int sample, int block, int chunk)
    {
        if (!Sse.IsSupported || tensor == null)
        {
            return;
        }

        var (first, count) = Shape.ChannelsOf(block);
        var bytes = Shape.Tokens(chunk) * sizeof(T);
        for (var r = 0; r < count; r++)
        {
            var row = (byte*)(tensor + Offset(sample, first + r, chunk));
            for (var at = 0; at < bytes; at += CacheLine)
            {
                Sse.Prefetch1(row + at);
            }
        }
    }

    /// <summary>Writes a tile into a chunk of a block of a tensor <c>(B, D, L)</c>.</summary>
    protected void Write(T* tile, T* tensor, int sample, int block, int chunk)
    {
        var (first, count) = Shape.ChannelsOf(block);
        Tiles.Write(
            tile, Shape.Lanes, tensor + Offset(sample, first, chunk), Shape.Length, count, Shape.Tokens(chunk), Shape.Reverse);
    }

    /// <summary>Writes a tile <c>(columns, lanes)</c> into the rows of a block in a tensor <c>(B, D, columns)</c>.</summary>
    protected void WriteRows(T* tile, T* tensor, int sample, int block, int columns)
    {
        var (first, count) = Shape.ChannelsOf(block);
        var row = ((nint)sample * Shape.Channels) + first;
        Tiles.Write(tile, Shape.Lanes, tensor + (row * columns), columns, count, columns);
    }

    /// <summary>Reads the rows of a block in a tensor <c>(B, D, columns)</c> into a tile <c>(columns, lanes)</c>.</summary>
    protected void ReadRows(T* tensor, int sample, int block, int columns, T* tile)
    {
        var (first, count) = Shape.ChannelsOf(block);
        var row = ((nint)sample * Shape.Channels) + first;
        Tiles.Read(tensor + (row * columns), columns, count, columns, tile, Shape.Lanes);
    }

    /// <summary>Weights of a state at a chunk's first token, or of all tokens.</summary>
    protected T* Weights<TWeighting>(T* weights, int chunk, int state)
        where TWeighting : IWeighting =>
        weights + (TWeighting.PerToken
            ? ((nint)Shape.FirstToken(chunk) * Shape.States) + state
            : (nint)state * TLanes.Count);

    private nint Offset(int sample, int channel, int chunk) =>
        ((((nint)sample * Shape.Channels) + channel) * Shape.Length) + Shape.Start(chunk);
}
