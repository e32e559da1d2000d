using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.DenseLinear.Cpu;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Winograd.Cpu;

/// <summary>The transformed taps <c>G g Gᵀ</c>: for each of 16 positions a matrix, channels in by channels out.</summary>
internal sealed unsafe class WinogradTaps<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Taps = 9;

    // Channels in whose taps are transposed at a time.
    private const int Together = 16;

    private readonly PackedMatrix<TLanes, TVector, T>[] positions;
    private readonly int inputs;

    /// <summary>Takes memory.</summary>
    public WinogradTaps(WinogradShape shape)
    {
        inputs = shape.Inputs;
        positions = [.. Enumerable.Range(0, WinogradShape.Positions)
            .Select(_ => new PackedMatrix<TLanes, TVector, T>(shape.Inputs, shape.Outputs, null))];
    }

    /// <summary>The matrix of a position: row, then column of the transformed tile.</summary>
    public PackedMatrix<TLanes, TVector, T> this[int position] => positions[position];

    /// <summary>Transforms the taps of a vector of channels out.</summary>
    /// <param name="weight"><c>(O, C, 3, 3)</c>.</param>
    /// <param name="vector">Which vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(T* weight, int vector)
    {
        using var scratch = new Scratch<T>(Together * Taps, 1, TLanes.Count);
        var taps = scratch.Take(Together * Taps);
        var panels = stackalloc T*[WinogradShape.Positions];
        for (var position = 0; position < WinogradShape.Positions; position++)
        {
            panels[position] = positions[position].Panel(vector);
        }

        var step = (nint)inputs * Taps;
        var source = weight + (vector * TLanes.Count * step);
        for (var first = 0; first < inputs; first += Together, source += Together * Taps)
        {
            var count = Math.Min(Together, inputs - first);
            Tiles.Read(source, step, TLanes.Count, count * Taps, taps, TLanes.Count);
            for (var input = 0; input < count; input++)
            {
                Transform(taps + (input * Taps * TLanes.Count), panels, (nint)(first + input) * TLanes.Count);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(positions, matrix => matrix.Dispose());

    /// <summary>Rows first, then columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(T* taps, T** panels, nint at)
    {
        var (row, half) = (3 * TLanes.Count, TLanes.Broadcast(T.CreateTruncating(0.5)));
        var (top0, top1, top2) = Load(taps);
        var (mid0, mid1, mid2) = Load(taps + row);
        var (low0, low1, low2) = Load(taps + (2 * row));
        Row(top0, top1, top2, half, panels, at);
        Row(Middle(top0, mid0, low0, half), Middle(top1, mid1, low1, half), Middle(top2, mid2, low2, half), half, panels + 4, at);
        Row(Other(top0, mid0, low0, half), Other(top1, mid1, low1, half), Other(top2, mid2, low2, half), half, panels + 8, at);
        Row(low0, low1, low2, half, panels + 12, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(TVector g0, TVector g1, TVector g2, TVector half, T** panels, nint at)
    {
        TLanes.Store(g0, panels[0] + at);
        TLanes.Store(Middle(g0, g1, g2, half), panels[1] + at);
        TLanes.Store(Other(g0, g1, g2, half), panels[2] + at);
        TLanes.Store(g2, panels[3] + at);
    }

    /// <summary>½ (g0 + g1 + g2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Middle(TVector g0, TVector g1, TVector g2, TVector half) =>
        TLanes.Multiply(TLanes.Add(TLanes.Add(g0, g2), g1), half);

    /// <summary>½ (g0 - g1 + g2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Other(TVector g0, TVector g1, TVector g2, TVector half) =>
        TLanes.Multiply(TLanes.Subtract(TLanes.Add(g0, g2), g1), half);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector, TVector, TVector) Load(T* taps) =>
        (TLanes.Load(taps), TLanes.Load(taps + TLanes.Count), TLanes.Load(taps + (2 * TLanes.Count)));
}
