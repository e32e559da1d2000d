using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>Sizes of a depthwise convolution on a grid, and how its tokens are cut into pieces, which threads share. A sequence
/// is a grid of one row.</summary>
/// <remarks>Nothing here depends on the number of threads, so that the results do not either.</remarks>
internal sealed record ConvShape
{
    // Tokens of a piece, about: few enough to find the rows above in the second-level cache, enough to pay for partial sums.
    private const int PieceTokens = 64;

    /// <summary>B.</summary>
    public required int Batch { get; init; }

    /// <summary>Rows of the grid.</summary>
    public required int Rows { get; init; }

    /// <summary>Tokens in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>E.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of the kernel.</summary>
    public required int KernelRows { get; init; }

    /// <summary>Columns of the kernel.</summary>
    public required int KernelColumns { get; init; }

    /// <summary>How far up the first row of the kernel reads.</summary>
    public required int Top { get; init; }

    /// <summary>How far left its first column reads.</summary>
    public required int Left { get; init; }

    /// <summary>Whether the taps stand in the opposite order: the last is the first of the kernel.</summary>
    public required bool Turned { get; init; }

    /// <summary>A convolution on a grid that keeps its size.</summary>
    /// <param name="batch">B.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Tokens in a row.</param>
    /// <param name="weight"><c>(E, 1, K, K')</c>.</param>
    /// <param name="reverse">Whether the grid is seen rotated by 180°.</param>
    public static ConvShape OnGrid(int batch, int rows, int columns, Tensor weight, bool reverse)
    {
        var (kernelRows, kernelColumns) = (checked((int)weight.shape[2]), checked((int)weight.shape[3]));
        return new ConvShape
        {
            Batch = batch, Rows = rows, Columns = columns, Channels = checked((int)weight.shape[0]), KernelRows = kernelRows,
            KernelColumns = kernelColumns, Top = kernelRows / 2, Left = kernelColumns / 2, Turned = reverse,
        };
    }

    /// <summary>A convolution of a sequence that sees what has been read.</summary>
    /// <param name="batch">B.</param>
    /// <param name="tokens">S.</param>
    /// <param name="weight"><c>(E, 1, K)</c>.</param>
    /// <param name="reverse">Whether the last token is read first.</param>
    public static ConvShape Causal(int batch, int tokens, Tensor weight, bool reverse)
    {
        var kernel = checked((int)weight.shape[2]);
        return new ConvShape
        {
            Batch = batch, Rows = 1, Columns = tokens, Channels = checked((int)weight.shape[0]), KernelRows = 1,
            KernelColumns = kernel, Top = 0, Left = reverse ? 0 : kernel - 1, Turned = reverse,
        };
    }

    /// <summary>The convolution that takes gradients of the outputs to gradients of the inputs.</summary>
    public ConvShape Transposed => this with
    {
        Top = KernelRows - 1 - Top, Left = KernelColumns - 1 - Left, Turned = !Turned,
    };

    /// <summary>Taps of the kernel.</summary>
    public int Taps => KernelRows * KernelColumns;

    /// <summary>Pieces of all samples.</summary>
    public int Pieces => Batch * PiecesDown * PiecesAcross;

    /// <summary>Elements of the tokens.</summary>
    public double Elements => (double)Batch * Rows * Columns * Channels;

    private int PieceColumns => Math.Min(Columns, PieceTokens);

    private int PieceRows => PieceTokens / PieceColumns;

    private int PiecesDown => (Rows + PieceRows - 1) / PieceRows;

    private int PiecesAcross => (Columns + PieceColumns - 1) / PieceColumns;

    /// <summary>The sample of a piece, and its rows and columns, from the first to the one behind the last.</summary>
    public (int Sample, int Top, int Bottom, int Left, int Right) PieceAt(int piece)
    {
        var (rest, across) = Math.DivRem(piece, PiecesAcross);
        var (sample, down) = Math.DivRem(rest, PiecesDown);
        var (top, left) = (down * PieceRows, across * PieceColumns);
        return (sample, top, Math.Min(top + PieceRows, Rows), left, Math.Min(left + PieceColumns, Columns));
    }
}
