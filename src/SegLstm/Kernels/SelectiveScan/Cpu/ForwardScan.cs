using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The forward pass: blocks of channels one by one, each over all chunks.</summary>
internal sealed unsafe class ForwardScan<TLanes, TVector, T, TInput, TOutput>(
    ScanShape shape, ScanLayout<T> layout, ScanInputs<T> inputs, ScanOutputs<T> outputs)
    : ScanPass<TLanes, TVector, T, TInput, TOutput>(shape, layout, inputs)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, INumberBase<T>
    where TInput : IWeighting
    where TOutput : IWeighting
{
    private readonly ScanOutputs<T> outputs = outputs;

    /// <inheritdoc/>
    protected override int Parts => Shape.Blocks;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(int sample, int block)
    {
        using var scratch = new Scratch<T>(
            (3 * ScanShape.Chunk) + ParameterVectors + Shape.States + 1, ParameterPieces + 5, Shape.Lanes);
        var parameters = ReadParameters(scratch, block);
        var row = new ScanRow<T>
        {
            Powers = LaneFunctions<TLanes, TVector, T>.TermsOfProduct, Steps = scratch.Take(ScanShape.Chunk),
            Values = scratch.Take(ScanShape.Chunk), LargestStep = scratch.Take(1), Y = scratch.Take(ScanShape.Chunk),
            InputStep = Layout.WeightStep(Inputs.InputSteps), OutputStep = Layout.WeightStep(Inputs.OutputSteps),
        };
        var states = scratch.TakeCleared(Shape.States);
        var stateElements = Shape.States * Shape.Lanes;
        for (var chunk = 0; chunk < Shape.Chunks; chunk++)
        {
            if (chunk > 0 && outputs.Kept != null)
            {
                var kept = outputs.Kept + Shape.KeptOffset(sample, block, chunk);
                new ReadOnlySpan<T>(states, stateElements).CopyTo(new Span<T>(kept, stateElements));
            }

            row.Tokens = Shape.Tokens(chunk);
            Layout.Read(Inputs.Delta, Sharing.Own, sample, block, chunk, row.Steps);
            Layout.Read(Inputs.U, Sharing.Shared, sample, block, chunk, row.Values);
            ScanTokens<TLanes, TVector, T>.Begin(row.Tokens, parameters, row.Steps, row.Values, row);
            if (chunk + 1 < Shape.Chunks)
            {
                Layout.Expect(Inputs.Delta, Sharing.Own, sample, block, chunk + 1);
                Layout.Expect(Inputs.U, Sharing.Shared, sample, block, chunk + 1);
            }

            Layout.Expect(Inputs.Z, Sharing.Own, sample, block, chunk);
            Layout.Expect(outputs.Out, Sharing.Shared, sample, block, chunk);
            T* b = InputWeights(parameters, sample, block, chunk), c = OutputWeights(parameters, sample, block, chunk);
            for (var n = 0; n < Shape.States;)
            {
                var lane = (nint)n * Shape.Lanes;
                row.A = parameters.A + lane;
                row.State = states + lane;
                row.B = TInput.PerToken ? b + n : parameters.B + lane;
                row.C = TOutput.PerToken ? c + n : parameters.C + lane;
                n += States(row, Shape.States - n);
            }

            if (Inputs.Z != null)
            {
                Layout.Read(Inputs.Z, Sharing.Own, sample, block, chunk, row.Steps);
                ScanTokens<TLanes, TVector, T>.Gate(row.Tokens, row.Steps, row.Y);
            }

            Layout.Write(row.Y, outputs.Out, Sharing.Shared, sample, block, chunk);
        }

        WriteRows(states, outputs.LastState, sample, block, Shape.States);
    }

    /// <summary>Scans a chunk with the next states, and says with how many.</summary>
    private static int States(in ScanRow<T> row, int left)
    {
        if (left >= ScanShape.StatesTogether)
        {
            ScanRows<
                FourStates<TLanes, TVector, T>, FourLanes<TLanes, TVector, T>, Four<TVector>, TLanes, TVector, T, TInput, TOutput>
                .Forward(row);
            return ScanShape.StatesTogether;
        }

        ScanRows<OneState<TLanes, TVector, T>, TLanes, TVector, TLanes, TVector, T, TInput, TOutput>.Forward(row);
        return 1;
    }
}
