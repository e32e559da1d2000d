using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The backward pass: units of blocks one by one, each over all chunks from the last to the first. The states of a chunk
/// are computed again from the one that was kept.</summary>
internal sealed unsafe class BackwardScan<TLanes, TVector, T, TInput, TOutput>(
    ScanShape shape, ScanLayout<T> layout, ScanInputs<T> inputs, ScanGradients<T> gradients)
    : ScanPass<TLanes, TVector, T, TInput, TOutput>(shape, layout, inputs)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
    where TInput : IWeighting
    where TOutput : IWeighting
{
    private readonly ScanGradients<T> gradients = gradients;

    /// <inheritdoc/>
    protected override int Parts => Shape.Units;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(int sample, int unit)
    {
        var (first, count) = Shape.BlocksOf(unit);
        var vectors = count * (ParameterVectors + BackwardBlock<T>.Vectors(Shape.States));
        using var scratch = new Scratch<T>(
            vectors + BackwardShared<T>.Vectors,
            (count * (ParameterPieces + BackwardBlock<T>.Pieces)) + BackwardShared<T>.Pieces, Shape.Lanes);
        var shared = new BackwardShared<T>(scratch);
        var blocks = new BackwardBlock<T>[count];
        for (var k = 0; k < count; k++)
        {
            blocks[k] = new BackwardBlock<T>(scratch, ReadParameters(scratch, first + k), Shape.States);
            ReadRows(gradients.LastState, sample, first + k, Shape.States, blocks[k].Carry);
        }

        for (var chunk = Shape.Chunks - 1; chunk >= 0; chunk--)
        {
            for (var k = 0; k < count; k++)
            {
                Begin(sample, first + k, chunk, blocks[k]);
            }

            // A unit's blocks share their weights.
            T* b = InputWeights(blocks[0].Parameters, sample, first, chunk);
            T* c = OutputWeights(blocks[0].Parameters, sample, first, chunk);
            for (var state = 0; state < Shape.States;)
            {
                if (Shape.States - state >= ScanShape.StatesTogether)
                {
                    States<FourStates<TLanes, TVector, T>, FourLanes<TLanes, TVector, T>, Four<TVector>>(
                        sample, unit, chunk, state, b, c, blocks, shared);
                    state += ScanShape.StatesTogether;
                }
                else
                {
                    States<OneState<TLanes, TVector, T>, TLanes, TVector>(sample, unit, chunk, state, b, c, blocks, shared);
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
        Layout.Read(Inputs.Delta, Sharing.Own, sample, block, chunk, tiles.Delta);
        Layout.Read(Inputs.U, Sharing.Shared, sample, block, chunk, tiles.U);
        Layout.Read(gradients.Out, Sharing.Shared, sample, block, chunk, tiles.G);
        ScanTokens<TLanes, TVector, T>.Begin(tokens, tiles.Parameters, tiles.Delta, tiles.U, new ScanRow<T>
        {
            Steps = tiles.Steps, Values = tiles.Values, Y = tiles.Y, LargestStep = tiles.LargestStep,
        });
        if (Inputs.Z != null)
        {
            Layout.Read(Inputs.Z, Sharing.Own, sample, block, chunk, tiles.Z);
            ScanTokens<TLanes, TVector, T>.GateBackward(tokens, tiles.Z, tiles.G);
        }

        new Span<T>(tiles.Weighted, tokens * Shape.Lanes).Clear();
        new Span<T>(tiles.Decayed, tokens * Shape.Lanes).Clear();
    }

    /// <summary>Asks for what the next chunk reads, and for where this one's results go: block by block between their computations,
    /// for the processor would wait for so many at once.</summary>
    private void Expect(int sample, int block, int chunk)
    {
        if (chunk > 1)
        {
            Prefetching.Ask(gradients.Kept + Shape.KeptOffset(sample, block, chunk - 1), Shape.States * Shape.Lanes);
        }

        if (chunk > 0)
        {
            Layout.Expect(Inputs.Delta, Sharing.Own, sample, block, chunk - 1);
            Layout.Expect(Inputs.U, Sharing.Shared, sample, block, chunk - 1);
            Layout.Expect(gradients.Out, Sharing.Shared, sample, block, chunk - 1);
            Layout.Expect(Inputs.Z, Sharing.Own, sample, block, chunk - 1);
        }

        Layout.Expect(gradients.U, Sharing.Shared, sample, block, chunk);
        Layout.Expect(gradients.Delta, Sharing.Own, sample, block, chunk);
        Layout.Expect(gradients.Z, Sharing.Own, sample, block, chunk);
    }

    /// <summary>Goes back through a chunk with a few states of all blocks, which add to the same sums.</summary>
    private void States<TStates, TGroupLanes, TGroup>(
        int sample, int unit, int chunk, int state, T* b, T* c, BackwardBlock<T>[] blocks, in BackwardShared<T> shared)
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
                Tokens = tokens, Powers = LaneFunctions<TLanes, TVector, T>.TermsOfProduct, Steps = block.Steps, Values = block.Values,
                LargestStep = block.LargestStep, A = block.Parameters.A + lane, B = TInput.PerToken ? b + state : block.Parameters.B + lane,
                C = TOutput.PerToken ? c + state : block.Parameters.C + lane,
                InputStep = Layout.WeightStep(Inputs.InputSteps), OutputStep = Layout.WeightStep(Inputs.OutputSteps),
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
            if (state == 0)
            {
                Expect(sample, first + k, chunk);
            }
        }

        var offset = ((((nint)sample * Shape.Units) + unit) * Shape.Length * Shape.States) + state;
        if (TInput.PerToken)
        {
            Layout.WriteSums(shared.InputSums, TStates.Count, first, chunk, gradients.B + offset);
        }

        if (TOutput.PerToken)
        {
            Layout.WriteSums(shared.OutputSums, TStates.Count, first, chunk, gradients.C + offset);
        }
    }

    private void End(int sample, int block, int chunk, in BackwardBlock<T> tiles)
    {
        var tokens = Shape.Tokens(chunk);
        if (Inputs.Z != null)
        {
            ScanTokens<TLanes, TVector, T>.Multiply(tokens, tiles.Y, tiles.Z);
            Layout.Write(tiles.Z, gradients.Z, Sharing.Own, sample, block, chunk);
        }

        ScanTokens<TLanes, TVector, T>.EndBackward(tokens, tiles);
        Layout.Write(tiles.Weighted, gradients.U, Sharing.Shared, sample, block, chunk);
        Layout.Write(tiles.Decayed, gradients.Delta, Sharing.Own, sample, block, chunk);
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
