using System.Numerics;
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
    public void Run(int piece)
    {
        var (sample, unit) = Math.DivRem(piece, Shape.Units);
        var (first, count) = Shape.BlocksOf(unit);
        var perBlock = ParameterVectors + (4 * Shape.States) + 2;
        using var scratch = new Scratch<T>(
            ((long)count * perBlock) + BackwardTiles<T>.Vectors + (2L * Shape.States * ScanShape.Chunk), Shape.Lanes);
        var tiles = new BackwardTiles<T>(scratch);
        var inputSums = scratch.Take(Shape.States * ScanShape.Chunk);
        var outputSums = scratch.Take(Shape.States * ScanShape.Chunk);
        var blocks = new BackwardBlock<T>[count];
        for (var k = 0; k < count; k++)
        {
            blocks[k] = new BackwardBlock<T>(scratch, ReadParameters(scratch, first + k), Shape.States);
            ReadRows(gradients.LastState, sample, first + k, Shape.States, blocks[k].Carry);
        }

        for (var chunk = Shape.Chunks - 1; chunk >= 0; chunk--)
        {
            scratch.Clear(inputSums, Shape.States * ScanShape.Chunk);
            scratch.Clear(outputSums, Shape.States * ScanShape.Chunk);
            for (var k = 0; k < count; k++)
            {
                Chunk(sample, first + k, chunk, blocks[k], tiles, inputSums, outputSums);
            }

            for (var n = 0; n < Shape.States; n++)
            {
                var row = (nint)n * ScanShape.Chunk * Shape.Lanes;
                var target = ((((nint)sample * Shape.Units) + unit) * Shape.States + n) * Shape.Length + (chunk * ScanShape.Chunk);
                if (TInput.PerToken)
                {
                    Tiles.Sum(inputSums + row, Shape.Lanes, Shape.Tokens(chunk), gradients.B + target);
                }

                if (TOutput.PerToken)
                {
                    Tiles.Sum(outputSums + row, Shape.Lanes, Shape.Tokens(chunk), gradients.C + target);
                }
            }
        }

        for (var k = 0; k < count; k++)
        {
            WriteParameterGradients(sample, first + k, blocks[k]);
        }
    }

    private void Chunk(
        int sample, int block, int chunk, in BackwardBlock<T> sums, in BackwardTiles<T> tiles, T* inputSums, T* outputSums)
    {
        var tokens = Shape.Tokens(chunk);
        Read(Inputs.Delta, sample, block, chunk, tiles.Delta);
        Read(Inputs.U, sample, block, chunk, tiles.U);
        Read(gradients.Out, sample, block, chunk, tiles.G);
        ScanTokens<TLanes, TVector, T>.Begin(tokens, sums.Parameters, tiles.Delta, tiles.U, tiles.Steps, tiles.Values, tiles.Y);
        if (Inputs.Z != null)
        {
            Read(Inputs.Z, sample, block, chunk, tiles.Z);
            ScanTokens<TLanes, TVector, T>.GateBackward(tokens, tiles.Z, tiles.G);
        }

        var elements = tokens * Shape.Lanes;
        new Span<T>(tiles.Weighted, elements).Clear();
        new Span<T>(tiles.Decayed, elements).Clear();
        for (var n = 0; n < Shape.States; n++)
        {
            State(sample, block, chunk, n, sums, tiles, inputSums, outputSums);
        }

        if (Inputs.Z != null)
        {
            ScanTokens<TLanes, TVector, T>.Multiply(tokens, tiles.Y, tiles.Z);
            Write(tiles.Z, gradients.Z, sample, block, chunk);
        }

        ScanTokens<TLanes, TVector, T>.EndBackward(tokens, sums.Parameters, tiles, sums.Skip, sums.DeltaBias);
        Write(tiles.Weighted, gradients.U, sample, block, chunk);
        Write(tiles.Decayed, gradients.Delta, sample, block, chunk);
    }

    private void State(
        int sample, int block, int chunk, int n, in BackwardBlock<T> sums, in BackwardTiles<T> tiles, T* inputSums, T* outputSums)
    {
        var (tokens, lane) = (Shape.Tokens(chunk), (nint)n * Shape.Lanes);
        var row = new BackwardRow<T>
        {
            Steps = tiles.Steps, Values = tiles.Values, G = tiles.G, States = tiles.States, Decays = tiles.Decays,
            A = sums.Parameters.A + lane,
            B = InputWeights(sums.Parameters, sample, block, chunk, n),
            C = OutputWeights(sums.Parameters, sample, block, chunk, n),
        };
        var before = new Span<T>(tiles.States, Shape.Lanes);
        if (chunk == 0)
        {
            before.Clear();
        }
        else
        {
            new ReadOnlySpan<T>(gradients.Kept + Shape.KeptOffset(sample, block, chunk) + lane, Shape.Lanes).CopyTo(before);
        }

        ScanRows<TLanes, TVector, T>.Recompute<TInput>(tokens, row);
        if (Inputs.Z != null)
        {
            ScanRows<TLanes, TVector, T>.Read<TOutput>(tokens, tiles.States + Shape.Lanes, row.C, tiles.Y);
        }

        ScanRows<TLanes, TVector, T>.Backward<TInput, TOutput>(tokens, row, new BackwardSums<T>
        {
            Carry = sums.Carry + lane, A = sums.A + lane, Weighted = tiles.Weighted, Decayed = tiles.Decayed,
            B = TInput.PerToken ? inputSums + (lane * ScanShape.Chunk) : sums.B + lane,
            C = TOutput.PerToken ? outputSums + (lane * ScanShape.Chunk) : sums.C + lane,
        });
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
