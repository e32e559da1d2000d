using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Winograd.Cpu;

/// <summary>The map of a sample, channels side by side with a border of 0; some rows of its tiles transformed, <c>Bᵀ d B</c>; and what
/// the products make of them, <c>Aᵀ m A</c>, back in the result.</summary>
internal sealed unsafe class WinogradMap<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A cache line more from tile to tile, so that tiles do not all begin at the same places of the cache.
    private const int Gap = 16;

    private readonly WinogradShape shape;
    private readonly Scratch<T>[] memory;
    private readonly T* map;
    private readonly T* inputs;
    private readonly T* outputs;
    private readonly nint mapRow;
    private readonly nint inputPosition;
    private readonly nint outputPosition;

    /// <summary>Takes memory.</summary>
    public WinogradMap(WinogradShape shape)
    {
        this.shape = shape;
        (InputStep, OutputStep) = (shape.Inputs + Gap, shape.Outputs + Gap);
        mapRow = (nint)((WinogradShape.Side * shape.TileColumns) + WinogradShape.Side) * shape.Inputs;
        var tiles = (nint)shape.TileRowsTogether * shape.TileColumns;
        (inputPosition, outputPosition) = (tiles * InputStep, tiles * OutputStep);
        int Vectors(nint elements) => checked((int)((elements + TLanes.Count - 1) / TLanes.Count));
        var ofMap = Vectors(((WinogradShape.Side * shape.TileRows) + WinogradShape.Side) * mapRow);
        var (ofInputs, ofOutputs) = (
            Vectors(WinogradShape.Positions * inputPosition), Vectors(WinogradShape.Positions * outputPosition));
        // Apart: what is too large together, the C library would get from the system each time, page by page.
        memory = [.. new[] { ofMap, ofInputs, ofOutputs }.Select(vectors => new Scratch<T>(vectors, 1, TLanes.Count))];
        map = memory[0].TakeCleared(ofMap);
        inputs = memory[1].Take(ofInputs);
        outputs = memory[2].Take(ofOutputs);
    }

    /// <summary>The sample's map <c>(C, H, W)</c>.</summary>
    public T* Source { get; set; }

    /// <summary>The sample's result <c>(O, H, W)</c>.</summary>
    public T* Target { get; set; }

    /// <summary>Elements from tile to tile of <see cref="InputsOf"/>.</summary>
    public int InputStep { get; }

    /// <summary>Elements from tile to tile of <see cref="OutputsOf"/>.</summary>
    public int OutputStep { get; }

    /// <summary>A position of a transformed tile: its channels.</summary>
    public T* InputsOf(int position, int tile) => inputs + (position * inputPosition) + ((nint)tile * InputStep);

    /// <summary>The same of the products.</summary>
    public T* OutputsOf(int position, int tile) => outputs + (position * outputPosition) + ((nint)tile * OutputStep);

    /// <summary>Reads a row of the map.</summary>
    public void ReadRow(int row) => Transposition.Copy(
        Source + ((nint)row * shape.Columns), shape.Pixels, shape.Inputs, shape.Columns,
        map + ((row + 1) * mapRow) + shape.Inputs, shape.Inputs);

    /// <summary>Transforms a row of tiles.</summary>
    /// <param name="tileRow">Which row of the map.</param>
    /// <param name="place">Which of those that are transformed together.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Transform(int tileRow, int place)
    {
        for (var column = 0; column < shape.TileColumns; column++)
        {
            var tile = (place * shape.TileColumns) + column;
            T* row0 = map + (WinogradShape.Side * tileRow * mapRow) + ((nint)WinogradShape.Side * column * shape.Inputs);
            T* row1 = row0 + mapRow, row2 = row1 + mapRow, row3 = row2 + mapRow;
            for (nint at = 0; at < shape.Inputs; at += TLanes.Count)
            {
                var (a0, a1, a2, a3) = Load(row1 + at, shape.Inputs);
                var (b0, b1, b2, b3) = Load(row2 + at, shape.Inputs);
                var to = InputsOf(0, tile) + at;
                Store(TLanes.Add(a0, b0), TLanes.Add(a1, b1), TLanes.Add(a2, b2), TLanes.Add(a3, b3), to + (4 * inputPosition));
                Store(
                    TLanes.Subtract(b0, a0), TLanes.Subtract(b1, a1), TLanes.Subtract(b2, a2), TLanes.Subtract(b3, a3),
                    to + (8 * inputPosition));
                var (c0, c1, c2, c3) = Load(row0 + at, shape.Inputs);
                Store(TLanes.Subtract(c0, b0), TLanes.Subtract(c1, b1), TLanes.Subtract(c2, b2), TLanes.Subtract(c3, b3), to);
                var (d0, d1, d2, d3) = Load(row3 + at, shape.Inputs);
                Store(
                    TLanes.Subtract(a0, d0), TLanes.Subtract(a1, d1), TLanes.Subtract(a2, d2), TLanes.Subtract(a3, d3),
                    to + (12 * inputPosition));
            }
        }
    }

    /// <summary>Writes the pixels of a row of tiles.</summary>
    /// <inheritdoc cref="Transform"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int tileRow, int place)
    {
        var width = WinogradShape.Side * shape.TileColumns;
        using var scratch = new Scratch<T>((long)WinogradShape.Side * width * shape.Outputs / TLanes.Count, 2, TLanes.Count);
        T* upper = scratch.Take(width * shape.Outputs / TLanes.Count), lower = scratch.Take(width * shape.Outputs / TLanes.Count);
        for (var column = 0; column < shape.TileColumns; column++)
        {
            var from = OutputsOf(0, (place * shape.TileColumns) + column);
            var pixel = (nint)WinogradShape.Side * column * shape.Outputs;
            for (nint at = 0; at < shape.Outputs; at += TLanes.Count)
            {
                var (a0, a1, a2, a3) = Load(from + at + (4 * outputPosition), outputPosition);
                var (b0, b1, b2, b3) = Load(from + at + (8 * outputPosition), outputPosition);
                var (c0, c1, c2, c3) = Load(from + at, outputPosition);
                var to = pixel + at;
                Pixels(Sum(c0, a0, b0), Sum(c1, a1, b1), Sum(c2, a2, b2), Sum(c3, a3, b3), upper + to);
                var (d0, d1, d2, d3) = Load(from + at + (12 * outputPosition), outputPosition);
                Pixels(Rest(a0, b0, d0), Rest(a1, b1, d1), Rest(a2, b2, d2), Rest(a3, b3, d3), lower + to);
            }
        }

        var row = WinogradShape.Side * tileRow;
        WriteRow(upper, row);
        if (row + 1 < shape.Rows)
        {
            WriteRow(lower, row + 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(memory, part => part.Dispose());

    private void WriteRow(T* pixels, int row) => Transposition.Copy(
        pixels, shape.Outputs, shape.Columns, shape.Outputs, Target + ((nint)row * shape.Columns), shape.Pixels);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pixels(TVector s0, TVector s1, TVector s2, TVector s3, T* to)
    {
        TLanes.Store(Sum(s0, s1, s2), to);
        TLanes.Store(Rest(s1, s2, s3), to + shape.Outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(TVector t0, TVector t1, TVector t2, TVector t3, T* to)
    {
        TLanes.Store(TLanes.Subtract(t0, t2), to);
        TLanes.Store(TLanes.Add(t1, t2), to + inputPosition);
        TLanes.Store(TLanes.Subtract(t2, t1), to + (2 * inputPosition));
        TLanes.Store(TLanes.Subtract(t1, t3), to + (3 * inputPosition));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum(TVector m0, TVector m1, TVector m2) => TLanes.Add(TLanes.Add(m0, m1), m2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Rest(TVector m1, TVector m2, TVector m3) => TLanes.Subtract(TLanes.Subtract(m1, m2), m3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector, TVector, TVector, TVector) Load(T* at, nint step) =>
        (TLanes.Load(at), TLanes.Load(at + step), TLanes.Load(at + (2 * step)), TLanes.Load(at + (3 * step)));
}
