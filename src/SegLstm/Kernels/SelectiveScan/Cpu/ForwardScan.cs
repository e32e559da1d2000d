using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The forward pass: blocks of channels one by one, each over all chunks.</summary>
internal sealed unsafe class ForwardScan<TLanes, TVector, T, TInput, TOutput>(
    ScanShape shape, ScanInputs<T> inputs, ScanOutputs<T> outputs)
    : ScanPass<TLanes, TVector, T, TInput, TOutput>(shape, inputs)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
    where TInput : IWeighting
    where TOutput : IWeighting
{
    private readonly ScanOutputs<T> outputs = outputs;

    /// <summary>Scans one block of one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, block) = Math.DivRem(piece, Shape.Blocks);
        using var scratch = new Scratch<T>(
            (3 * ScanShape.Chunk) + ParameterVectors + Shape.States, ParameterPieces + 4, Shape.Lanes);
        var parameters = ReadParameters(scratch, sample, block);
        var states = scratch.TakeCleared(Shape.States);
        var steps = scratch.Take(ScanShape.Chunk);
        var values = scratch.Take(ScanShape.Chunk);
        var y = scratch.Take(ScanShape.Chunk);
        var stateElements = Shape.States * Shape.Lanes;
        for (var chunk = 0; chunk < Shape.Chunks; chunk++)
        {
            if (chunk > 0 && outputs.Kept != null)
            {
                var kept = outputs.Kept + Shape.KeptOffset(sample, block, chunk);
                new ReadOnlySpan<T>(states, stateElements).CopyTo(new Span<T>(kept, stateElements));
            }

            Read(Inputs.Delta, sample, block, chunk, steps);
            Read(Inputs.U, sample, block, chunk, values);
            ScanTokens<TLanes, TVector, T>.Begin(Shape.Tokens(chunk), parameters, steps, values, steps, values, y);
            for (var n = 0; n < Shape.States; n++)
            {
                var lane = (nint)n * Shape.Lanes;
                ScanRows<TLanes, TVector, T>.Forward<TInput, TOutput>(
                    Shape.Tokens(chunk), steps, values, parameters.A + lane,
                    InputWeights(parameters, chunk, n), OutputWeights(parameters, chunk, n),
                    states + lane, y);
            }

            if (Inputs.Z != null)
            {
                Read(Inputs.Z, sample, block, chunk, steps);
                ScanTokens<TLanes, TVector, T>.Gate(Shape.Tokens(chunk), steps, y);
            }

            Write(y, outputs.Out, sample, block, chunk);
        }

        WriteRows(states, outputs.LastState, sample, block, Shape.States);
    }
}
