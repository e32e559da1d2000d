using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>The forward pass: a piece is a block of queries of one head of one sequence.</summary>
/// <param name="shape">Sizes.</param>
/// <param name="qkv">Tokens <c>(B, N, 3D)</c>.</param>
/// <param name="bias">Turned; null: none.</param>
/// <param name="result">Tokens <c>(B, N, D)</c>.</param>
internal sealed unsafe class AttentionForward<TLanes, TVector, T>(
    AttentionShape shape, TokenRows<T> qkv, TurnedBias<T>? bias, TokenRows<T> result)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many pieces.</summary>
    public int Pieces => shape.Batch * shape.Heads * shape.Blocks;

    /// <summary>Computes a piece.</summary>
    public void Run(int piece)
    {
        var (sample, rest) = Math.DivRem(piece, shape.Heads * shape.Blocks);
        var (head, block) = Math.DivRem(rest, shape.Blocks);
        var first = block * AttentionShape.Queries;
        var count = Math.Min(AttentionShape.Queries, shape.Tokens - first);
        T* q = qkv.At(sample, first) + (head * shape.Width);
        T* k = qkv.At(sample, 0) + shape.Dim + (head * shape.Width), v = k + shape.Dim;

        using var scores = new HeadScores<TLanes, TVector, T>(shape);
        scores.Compute(q, k, qkv.Step, count, bias is null ? null : bias.At(sample, head) + first, bias?.Row ?? 0);

        var vectors = HeadRight<TLanes, TVector, T>.Vectors(shape.Width);
        var (filled, copied) = (AttentionShape.Filled(count), HeadRight<TLanes, TVector, T>.NeedsCopy(shape.Width));
        using var memory = new Scratch<T>((long)(filled + (copied ? shape.Tokens : 0)) * vectors, 2, TLanes.Count);
        var right = HeadRight<TLanes, TVector, T>.Of(v, qkv.Step, shape.Tokens, shape.Width, memory.Take(copied ? shape.Tokens * vectors : 0));
        T* target = result.At(sample, first) + (head * shape.Width);
        var direct = !copied && filled == count;
        var sums = direct ? new Panels<T>(target, result.Step, TLanes.Count)
            : new Panels<T>(memory.Take(filled * vectors), vectors * TLanes.Count, TLanes.Count);
        scores.SumOverKeys(scores.Weights, count, right, sums, scores.Reciprocals);
        if (!direct)
        {
            HeadRight<TLanes, TVector, T>.Write(sums.Start, count, shape.Width, target, result.Step);
        }
    }
}
