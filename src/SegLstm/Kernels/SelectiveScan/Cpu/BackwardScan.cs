using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The backward pass: units of blocks one by one, each over all chunks from the last to the first. The states of a chunk
/// are computed again from the one that was kept.</summary>
internal sealed unsafe class BackwardScan<TLanes, TVector, T, TInput, TOutput>(
    ScanShape shape, ScanInputs<T> inputs, ScanGradients<T> gradients)
    : ScanPass<TLanes, TVector, T, TInput, TOutput>(shape, inputs)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
    where TInput : IWeighting
    where TOutput : IWeighting
{
    // States whose sums over channels are in the cache together, while all blocks of a unit add to them.
    private const int StatesTogether = 4;

    private readonly ScanGradients<T> gradients = gradients;

    /// <summary>Goes back through one unit of one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, unit) = Math.DivRem(piece, Shape.Units);
        var (first, count) = Shape.BlocksOf(unit);
        var vectors = count * (ParameterVectors + BackwardBlock<T>.Vectors(Shape.States));
        using var scratch = new Scratch<T>(
            vectors + BackwardShared<T>.Vectors(StatesTogether),
            (count * (ParameterPieces + BackwardBlock<T>.Pieces)) + BackwardShared<T>.Pieces, Shape.Lanes);
        var shared = new BackwardShared<T>(scratch, StatesTogether);
        var blocks = new BackwardBlock<T>[count];
        for (var k = 0; k < count; k++)
        {
            blocks[k] = new BackwardBlock<T>(scratch, ReadParameters(scratch, sample, first + k), Shape.States);
            ReadRows(gradients.LastState, sample, first + k, Shape.States, blocks[k].Carry);
        }

        for (var chunk = Shape.Chunks - 1; chunk >= 0; chunk--)
        {
            for (var k = 0; k < count; k++)
            {
                Begin(sample, first + k, chunk, blocks[k]);
            }

            for (var from = 0; from < Shape.States; from += StatesTogether)
            {
                var to = Math.Min(from + StatesTogether, Shape.States);
                scratch.Clear(shared.InputSums, StatesTogether * ScanShape.Chunk);
                scratch.Clear(shared.OutputSums, StatesTogether * ScanShape.Chunk);
                for (var k = 0; k < count; k++)
                {
                    for (var n = from; n < to; n++)
                    {
                        State(sample, first + k, chunk, n, n - from, blocks[k], shared);
                    }
                }

                WriteWeightGradients(sample, unit, chunk, from, to, shared);
            }

            for (var k = 0; k < count; k++)
            {
                End(sample, first + k, chunk, blocks[k]);
            }
        }

        for (var k = 0; k < count; k++)
        {
            WriteParameterGradients(sample, first + k, blocks[k]);
        }
    }

    private void Begin(int sample, int block, int chunk, in BackwardBlock<T> tiles)
    {
        var tokens = Shape.Tokens(chunk);
        Read(Inputs.Delta, sample, block, chunk, tiles.Delta);
        Read(Inputs.U, sample, block, chunk, tiles.U);
        Read(gradients.Out, sample, block, chunk, tiles.G);
        ScanTokens<TLanes, TVector, T>.Begin(tokens, tiles.Parameters, tiles.Delta, tiles.U, tiles.Steps, tiles.Values, tiles.Y);
        if (Inputs.Z != null)
        {
            Read(Inputs.Z, sample, block, chunk, tiles.Z);
            ScanTokens<TLanes, TVector, T>.GateBackward(tokens, tiles.Z, tiles.G);
        }

        new Span<T>(tiles.Weighted, tokens * Shape.Lanes).Clear();
        new Span<T>(tiles.Decayed, tokens * Shape.Lanes).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void State(int sample, int block, int chunk, int n, int place, in BackwardBlock<T> tiles, in BackwardShared<T> shared)
    {
        var (tokens, lane) = (Shape.Tokens(chunk), (nint)n * Shape.Lanes);
        var row = new BackwardRow<T>
        {
            Steps = tiles.Steps, Values = tiles.Values, G = tiles.G, States = shared.States, Decays = shared.Decays,
            A = tiles.Parameters.A + lane,
            B = InputWeights(tiles.Parameters, chunk, n),
            C = OutputWeights(tiles.Parameters, chunk, n),
        };
        var before = new Span<T>(shared.States, Shape.Lanes);
        if (chunk == 0)
        {
            before.Clear();
        }
        else
        {
            new ReadOnlySpan<T>(gradients.Kept + Shape.KeptOffset(sample, block, chunk) + lane, Shape.Lanes).CopyTo(before);
        }

        ScanRows<TLanes, TVector, T>.Recompute<TInput, TOutput>(tokens, row, Inputs.Z != null ? tiles.Y : null);
        var sum = (nint)place * ScanShape.Chunk * Shape.Lanes;
        ScanRows<TLanes, TVector, T>.Backward<TInput, TOutput>(tokens, row, new BackwardSums<T>
        {
            Carry = tiles.Carry + lane, A = tiles.A + lane, Weighted = tiles.Weighted, Decayed = tiles.Decayed,
            B = TInput.PerToken ? shared.InputSums + sum : tiles.B + lane,
            C = TOutput.PerToken ? shared.OutputSums + sum : tiles.C + lane,
        });
    }

    private void End(int sample, int block, int chunk, in BackwardBlock<T> tiles)
    {
        var tokens = Shape.Tokens(chunk);
        if (Inputs.Z != null)
        {
            ScanTokens<TLanes, TVector, T>.Multiply(tokens, tiles.Y, tiles.Z);
            Write(tiles.Z, gradients.Z, sample, block, chunk);
        }

        ScanTokens<TLanes, TVector, T>.EndBackward(tokens, tiles);
        Write(tiles.Weighted, gradients.U, sample, block, chunk);
        Write(tiles.Decayed, gradients.Delta, sample, block, chunk);
    }

    private void WriteWeightGradients(int sample, int unit, int chunk, int from, int to, in BackwardShared<T> shared)
    {
        for (var n = from; n < to; n++)
        {
            var sum = (nint)(n - from) * ScanShape.Chunk * Shape.Lanes;
            var row = ((((nint)sample * Shape.Units) + unit) * Shape.States) + n;
            var target = (row * Shape.Length) + (chunk * ScanShape.Chunk);
            if (TInput.PerToken)
            {
                Tiles.Sum(shared.InputSums + sum, Shape.Lanes, Shape.Tokens(chunk), gradients.B + target);
            }

            if (TOutput.PerToken)
            {
                Tiles.Sum(shared.OutputSums + sum, Shape.Lanes, Shape.Tokens(chunk), gradients.C + target);
            }
        }
    }

    private void WriteParameterGradients(int sample, int block, in BackwardBlock<T> sums)
    {
        WriteRows(sums.A, gradients.A, sample, block, Shape.States);
        WriteRows(sums.Skip, gradients.D, sample, block, 1);
        WriteRows(sums.DeltaBias, gradients.DeltaBias, sample, block, 1);
        if (!TInput.PerToken)
        {
            WriteRows(sums.B, gradients.B, sample, block, Shape.States);
        }

        if (!TOutput.PerToken)
        {
            WriteRows(sums.C, gradients.C, sample, block, Shape.States);
        }
    }
}
