using System.Numerics;
using SegLstm.Kernels.BlockLinear.Cpu;
using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.HeadNorm.Cpu;
using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.SkipGate.Cpu;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>What is done for a tile of tokens, or for a head of a segment.</summary>
internal sealed unsafe class VilBlockPass<TLanes, TVector, T>(
    VilBlockShape shape, VilBlockMatrices<TLanes, TVector, T> matrices, VilBlockBuffers<T> buffers, TokenRows<T> x, TokenRows<T> y,
    double eps)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T NormEps = T.CreateTruncating(VilBlockOptions.NormEps);

    private readonly int headWidth = shape.Inner / shape.Heads;
    private readonly TokenPieces one = new(1, shape.Tokens);

    /// <summary>Takes a step.</summary>
    public void Run(VilBlockStep step)
    {
        var (sample, segment) = Math.DivRem(step.Work, shape.Segments);
        switch (step.Stage)
        {
            case VilBlockStage.Project:
                Project(sample, segment, step.Part);
                break;
            case VilBlockStage.Mix:
                Mix(step.Work, sample, segment, step.Part);
                break;
            case VilBlockStage.Retrieve:
                Retrieve(step.Work, segment, step.Part);
                break;
            default:
                Finish(step.Work, sample, segment, step.Part);
                break;
        }
    }

    /// <summary>Norm and up-projection.</summary>
    private void Project(int sample, int segment, int tile)
    {
        var (_, from, to) = shape.TileOf(segment, tile);
        using var scratch = Tile(shape.Dim);
        var normed = scratch.Take(TileVectors(shape.Dim));
        new HeadNormForward<TLanes, TVector, T>(
            new HeadNormShape(1, 1, shape.Tokens, shape.Dim), new HeadRows<T>(x.At(sample, 0), 0, x.Step), matrices.Norm.Weight,
            matrices.Norm.Bias, NormEps, Rows(normed, from, shape.Dim), 0).Run(0, from, to);
        matrices.Up.Multiply(
            to - from, normed, shape.Dim, buffers.Projections(sample) + ((nint)from * buffers.ProjectionWidth),
            buffers.ProjectionWidth);
    }

    /// <summary>Convolution, queries, keys, values and gates.</summary>
    private void Mix(int work, int sample, int segment, int tile)
    {
        var (piece, from, to) = shape.TileOf(segment, tile);
        var projected = new TokenRows<T>(buffers.Projections(sample), buffers.ProjectionWidth);
        var (start, inner) = (shape.SegmentAt(segment).From, shape.Inner);
        TokenRows<T> At(int part) => Rows(buffers.Channels(work, part), start, buffers.ChannelWidth);
        var convolved = At(3);
        new ConvForward<TLanes, TVector, T>(shape.Conv, projected, matrices.Taps, matrices.ConvBias, true, convolved).Run(piece);
        var gates = Rows(buffers.Gates(work), start, buffers.GateWidth);
        void Map(TokenRows<T> source, nint columns, nint bias, int part)
        {
            new BlockForward<TLanes, TVector, T>(one, inner, source, columns, bias, At(part)).Run(0, from, to);
            matrices.Gates[part].Multiply(
                to - from, At(part).At(0, from), buffers.ChannelWidth, gates.At(0, from), buffers.GateWidth, add: part > 0);
        }

        Map(convolved, matrices.Q, matrices.MapBiases.Q, 0);
        Map(convolved, matrices.K, matrices.MapBiases.K, 1);
        Map(projected, matrices.V, matrices.MapBiases.V, 2);
    }

    /// <summary>The mLSTM of a head.</summary>
    private void Retrieve(int work, int segment, int head)
    {
        var (from, to) = shape.SegmentAt(segment);
        var tokens = to - from;
        var sizes = new MlstmShape(1, shape.Heads, tokens, headWidth, headWidth, shape.ChunkOf(tokens), TLanes.Count);
        HeadRows<T> InOrder(T* start, nint headStep, nint step) => shape.Reverse
            ? new(start + ((tokens - 1) * step), headStep, -step) : new(start, headStep, step);
        HeadRows<T> Channels(int part) => InOrder(buffers.Channels(work, part), headWidth, buffers.ChannelWidth);
        HeadRows<T> Numbers(int gate) => InOrder(buffers.Gates(work) + (gate * shape.Heads), 1, buffers.GateWidth);
        var carry = buffers.States[head];
        if (segment == 0)
        {
            carry.Clear();
        }

        new MlstmForwardPass<TLanes, TVector, T>(
            sizes, (Channels(0), Channels(1), Channels(2), Numbers(0), Numbers(1), Channels(4)), eps).Run(
                head, carry, segment + 1 < shape.Segments);
    }

    /// <summary>Norm, skip and gate, down-projection and residual.</summary>
    private void Finish(int work, int sample, int segment, int tile)
    {
        var (_, from, to) = shape.TileOf(segment, tile);
        var (start, inner, heads) = (shape.SegmentAt(segment).From, shape.Inner, shape.Heads);
        using var scratch = Tile(inner);
        var retrieved = scratch.Take(TileVectors(inner));
        var rows = Rows(retrieved, from, inner);
        T* Kept(int part) => buffers.Channels(work, part) - ((nint)start * buffers.ChannelWidth);
        new HeadNormForward<TLanes, TVector, T>(
            new HeadNormShape(1, heads, shape.Tokens, headWidth),
            new HeadRows<T>(Kept(4), headWidth, buffers.ChannelWidth), matrices.OutNorm.Weight, matrices.OutNorm.Bias,
            NormEps, rows, 0).Run(0, from, to);
        new GateForward<TLanes, TVector, T>(
            one, inner, rows, new TokenRows<T>(Kept(3), buffers.ChannelWidth), matrices.Skip,
            new TokenRows<T>(buffers.Projections(sample) + inner, buffers.ProjectionWidth), rows).Run(0, from, to);
        matrices.Down.Multiply(to - from, retrieved, inner, y.At(sample, from), y.Step);
        for (var token = from; token < to; token++)
        {
            Add(x.At(sample, token), y.At(sample, token));
        }
    }

    private static TokenRows<T> Rows(T* start, int first, int width) => new(start - ((nint)first * width), width);

    private static int TileVectors(int width) => (TokenPieces.Length * width / TLanes.Count) + 1;

    private static Scratch<T> Tile(int width) => new(TileVectors(width), 1, TLanes.Count);

    private void Add(T* residual, T* token)
    {
        var e = 0;
        for (; e + TLanes.Count <= shape.Dim; e += TLanes.Count)
        {
            TLanes.Store(TLanes.Add(TLanes.Load(token + e), TLanes.Load(residual + e)), token + e);
        }

        for (; e < shape.Dim; e++)
        {
            token[e] += residual[e];
        }
    }
}
