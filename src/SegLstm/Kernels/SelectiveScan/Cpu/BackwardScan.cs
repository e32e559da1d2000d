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
    private readonly ScanGradients<T> gradients = gradients;

    /// <summary>Goes back through one unit of one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, unit) = Math.DivRem(piece, Shape.Units);
        var (first, count) = Shape.BlocksOf(unit);
        var vectors = count * (ParameterVectors + BackwardBlock<T>.Vectors(Shape.States));
        using var scratch = new Scratch<T>(
            vectors + BackwardShared<T>.Vectors,
            (count * (ParameterPieces + BackwardBlock<T>.Pieces)) + BackwardShared<T>.Pieces, Shape.Lanes);
        var shared = new BackwardShared<T>(scratch);
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
                Expect(sample, first + k, chunk);
            }

            for (var state = 0; state < Shape.States;)
            {
                if (Shape.States - state >= ScanShape.StatesTogether)
                {
                    States<FourStates<TLanes, TVector, T>, FourLanes<TLanes, TVector, T>, Four<TVector>>(
                        sample, unit, chunk, state, blocks, shared);
                    state += ScanShape.StatesTogether;
                }
                else
                {
                    States<OneState<TLanes, TVector, T>, TLanes, TVector>(sample, unit, chunk, state, blocks, shared);
                    state++;
                }
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
        ScanTokens<TLanes, TVector, T>.Begin(tokens, tiles.Parameters, tiles.Delta, tiles.U, new ScanRow<T>
        {
            Steps = tiles.Steps, Values = tiles.Values, Y = tiles.Y, LargestStep = tiles.LargestStep,
        });
        if (Inputs.Z != null)
        {
            Read(Inputs.Z, sample, block, chunk, tiles.Z);
            ScanTokens<TLanes, TVector, T>.GateBackward(tokens, tiles.Z, tiles.G);
        }

        new Span<T>(tiles.Weighted, tokens * Shape.Lanes).Clear();
        new Span<T>(tiles.Decayed, tokens * Shape.Lanes).Clear();
    }

    /// <summary>Asks for what the next chunk reads, and for where this one's results go.</summary>
    private void Expect(int sample, int block, int chunk)
    {
        if (chunk > 0)
        {
            Expect(Inputs.Delta, sample, block, chunk - 1);
            Expect(Inputs.U, sample, block, chunk - 1);
            Expect(gradients.Out, sample, block, chunk - 1);
            Expect(Inputs.Z, sample, block, chunk - 1);
        }

        Expect(gradients.U, sample, block, chunk);
        Expect(gradients.Delta, sample, block, chunk);
        Expect(gradients.Z, sample, block, chunk);
    }

    /// <summary>Goes back through a chunk with a few states of all blocks, which add to the same sums.</summary>
    private void States<TStates, TGroupLanes, TGroup>(
        int sample, int unit, int chunk, int state, BackwardBlock<T>[] blocks, in BackwardShared<T> shared)
        where TStates : IStateGroup<TGroup, TVector, T>
        where TGroupLanes : ILanes<TGroup, T>
        where TGroup : unmanaged
    {
        var tokens = Shape.Tokens(chunk);
        new Span<T>(shared.InputSums, TInput.PerToken ? tokens * TGroupLanes.Count : 0).Clear();
        new Span<T>(shared.OutputSums, TOutput.PerToken ? tokens * TGroupLanes.Count : 0).Clear();
        var lane = (nint)state * Shape.Lanes;
        var first = Shape.BlocksOf(unit).First;
        for (var k = 0; k < blocks.Length; k++)
        {
            ref readonly var block = ref blocks[k];
            var row = new ScanRow<T>
            {
                Tokens = tokens, Steps = block.Steps, Values = block.Values, LargestStep = block.LargestStep,
                A = block.Parameters.A + lane, WeightStep = WeightStep,
                B = Weights<TInput>(block.Parameters.B, chunk, state), C = Weights<TOutput>(block.Parameters.C, chunk, state),
                State = chunk == 0 ? shared.None : gradients.Kept + Shape.KeptOffset(sample, first + k, chunk) + lane,
                Y = Inputs.Z != null ? block.Y : null,
            };
            var back = new BackwardRow<T>
            {
                States = shared.States, Decays = shared.Decays, G = block.G, Carry = block.Carry + lane, DA = block.A + lane,
                DB = TInput.PerToken ? shared.InputSums : block.B + lane,
                DC = TOutput.PerToken ? shared.OutputSums : block.C + lane,
                Weighted = block.Weighted, Decayed = block.Decayed,
            };
            ScanRows<TStates, TGroupLanes, TGroup, TLanes, TVector, T, TInput, TOutput>.Recompute(row, back);
            ScanRows<TStates, TGroupLanes, TGroup, TLanes, TVector, T, TInput, TOutput>.Backward(row, back);
        }

        var offset = (((nint)sample * Shape.Units) + unit) * Shape.Length * Shape.States;
        if (TInput.PerToken)
        {
            WriteSums(shared.InputSums, TStates.Count, chunk, Weights<TInput>(gradients.B + offset, chunk, state));
        }

        if (TOutput.PerToken)
        {
            WriteSums(shared.OutputSums, TStates.Count, chunk, Weights<TOutput>(gradients.C + offset, chunk, state));
        }
    }

    /// <summary>Sums over the lanes, of each token and state.</summary>
    private void WriteSums(T* tile, int states, int chunk, T* target)
    {
        var (tokens, step) = (Shape.Tokens(chunk), WeightStep);
        if (states == ScanShape.StatesTogether)
        {
            Tiles.SumFours(tile, Shape.Lanes, tokens, target, step);
            return;
        }

        var sums = stackalloc T[ScanShape.Chunk];
        Tiles.Sum(tile, Shape.Lanes, tokens, sums);
        for (nint t = 0; t < tokens; t++)
        {
            target[t * step] = sums[t];
        }
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
