using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>What the forward and the backward pass have in common: the way over a piece of the grid, four neighbours at a time
/// where the whole kernel lies between the left and the right edge for them, else one by one.</summary>
internal abstract unsafe class ConvPass<TLanes, TVector, T>(ConvShape shape, TokenRows<T> inputs, nint taps)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    // Tokens that share what they load.
    private const int Together = 4;

    /// <summary>Sizes.</summary>
    protected ConvShape Shape => shape;

    /// <summary>Channels that fill whole vectors; those behind go one by one.</summary>
    protected int WholeVectors { get; } = shape.Channels / TLanes.Count * TLanes.Count;

    /// <summary>Where the taps of the kernel's order begin among the taps <c>(K K', E)</c>.</summary>
    protected nint FirstTap { get; } = shape.Turned ? (nint)(shape.Taps - 1) * shape.Channels : 0;

    /// <summary>Elements from tap to tap in the kernel's order.</summary>
    private nint TapStep { get; } = shape.Turned ? -shape.Channels : shape.Channels;

    /// <summary>Goes over a piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int piece)
    {
        var (sample, top, bottom, left, right) = shape.PieceAt(piece);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right;)
            {
                var first = column - shape.Left;
                var four = first >= 0 && first + shape.KernelColumns - 1 + Together <= shape.Columns
                    && column + Together <= right;
                var tile = new ConvTile<T>
                {
                    Source = inputs.At(sample, ((row - shape.Top) * shape.Columns) + first),
                    RowStep = shape.Columns * inputs.Step, TokenStep = inputs.Step,
                    Taps = (T*)taps + FirstTap, TapStep = TapStep, KernelColumns = shape.KernelColumns,
                    FromRow = Math.Max(0, shape.Top - row),
                    ToRow = Math.Min(shape.KernelRows, shape.Rows + shape.Top - row),
                    FromColumn = Math.Max(0, -first), ToColumn = Math.Min(shape.KernelColumns, shape.Columns - first),
                };
                Tile(tile, four, piece, sample, (row * shape.Columns) + column);
                column += four ? Together : 1;
            }
        }
    }

    /// <summary>Computes one token or four.</summary>
    /// <param name="tile">What they read.</param>
    /// <param name="four">Whether they are four.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="sample">Its sample.</param>
    /// <param name="token">The first token.</param>
    protected abstract void Tile(in ConvTile<T> tile, bool four, int piece, int sample, int token);
}
