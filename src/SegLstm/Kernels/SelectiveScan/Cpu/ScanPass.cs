using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What the forward and the backward pass have in common: where things lie.</summary>
internal abstract unsafe class ScanPass<TLanes, TVector, T, TInput, TOutput>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
    where TInput : IWeighting
    where TOutput : IWeighting
{
    private readonly ScanInputs<T> inputs;

    /// <summary>Prepares a pass.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="layout">Where tokens lie.</param>
    /// <param name="inputs">Inputs.</param>
    protected ScanPass(ScanShape shape, ScanLayout<T> layout, in ScanInputs<T> inputs)
    {
        (Shape, Layout) = (shape, layout);
        this.inputs = inputs;
    }

    /// <summary>Pieces that are computed independently: samples times parts of an order's channels.</summary>
    public int Pieces => Shape.Batch * PartsOfOrder;

    /// <summary>Sizes.</summary>
    protected ScanShape Shape { get; }

    /// <summary>Blocks or units of all orders.</summary>
    protected abstract int Parts { get; }

    private int PartsOfOrder => Parts / Shape.Orders;

    /// <summary>Where tokens lie.</summary>
    protected ScanLayout<T> Layout { get; }

    /// <summary>Inputs.</summary>
    protected ref readonly ScanInputs<T> Inputs => ref inputs;

    /// <summary>Pieces of scratch memory that <see cref="ReadParameters"/> takes at most.</summary>
    protected static int ParameterPieces => 5;

    /// <summary>Vectors of scratch memory that it takes at most.</summary>
    protected int ParameterVectors => Shape.States + (2 * Math.Max(Shape.States, WeightVectors)) + 2;

    private int WeightVectors => (Layout.WeightElements + Shape.Lanes - 1) / Shape.Lanes;

    /// <summary>Computes one piece, in one order after the other: what they share is added up.</summary>
    public void Run(int piece)
    {
        var (sample, part) = Math.DivRem(piece, PartsOfOrder);
        for (; part < Parts; part += PartsOfOrder)
        {
            Run(sample, part);
        }
    }

    /// <summary>Computes a block or unit of one sample.</summary>
    protected abstract void Run(int sample, int part);

    /// <summary>Reads the parameters of a block.</summary>
    protected LaneParameters<T> ReadParameters(Scratch<T> scratch, int block)
    {
        var (first, count) = Shape.ChannelsOf(block);
        var parameters = new LaneParameters<T>
        {
            Softplus = Inputs.Softplus,
            Skip = Read(Inputs.D, 1),
            DeltaBias = Read(Inputs.DeltaBias, 1),
            A = Read(Inputs.A, Shape.States),
            B = TInput.PerToken ? scratch.Take(WeightVectors) : Read(Inputs.B, Shape.States),
            C = TOutput.PerToken ? scratch.Take(WeightVectors) : Read(Inputs.C, Shape.States),
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

    /// <summary>Input weights from a chunk's first token on; null where all tokens have the same.</summary>
    protected T* InputWeights(in LaneParameters<T> parameters, int sample, int block, int chunk) => TInput.PerToken
        ? Layout.Weights(Inputs.B, Inputs.InputSteps, Shape.InputGroups, sample, block, chunk, parameters.B)
        : null;

    /// <summary>Output weights, likewise.</summary>
    protected T* OutputWeights(in LaneParameters<T> parameters, int sample, int block, int chunk) => TOutput.PerToken
        ? Layout.Weights(Inputs.C, Inputs.OutputSteps, Shape.OutputGroups, sample, block, chunk, parameters.C)
        : null;
}
