namespace SegLstm.Data;

/// <summary>
/// Cuts an image into rectangular blocks and gives each block, and so every pixel, to exactly one split. Neighbouring pixels are
/// alike: splitting by single pixels or overlapping tiles would let a model be tested on what it has seen.
/// </summary>
public sealed class SpatialBlocks
{
    private readonly Split[] _splits;
    private readonly int _columns;

    private SpatialBlocks(int height, int width, int blockHeight, int blockWidth, Func<int, int, Split[]> assign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockWidth, 1);
        (Height, Width, BlockHeight, BlockWidth) = (height, width, blockHeight, blockWidth);
        _columns = (width + blockWidth - 1) / blockWidth;
        _splits = assign((height + blockHeight - 1) / blockHeight, _columns);
    }

    /// <summary>Rows of the image.</summary>
    public int Height { get; }

    /// <summary>Columns of the image.</summary>
    public int Width { get; }

    /// <summary>Rows of a block; the last row of blocks may be lower.</summary>
    public int BlockHeight { get; }

    /// <summary>Columns of a block; the last column of blocks may be narrower.</summary>
    public int BlockWidth { get; }

    /// <summary>
    /// A chessboard: "black" blocks, the upper left among them, train or validate, "white" blocks test.
    /// </summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="blockHeight">Rows of a block.</param>
    /// <param name="blockWidth">Columns of a block.</param>
    /// <param name="validationShare">The share of the black blocks that validates, [0, 1); they are drawn by seed.</param>
    /// <param name="seed">Says which black blocks validate.</param>
    public static SpatialBlocks Checkerboard(
        int height, int width, int blockHeight, int blockWidth, double validationShare = 0, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(validationShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationShare, 1);
        return new SpatialBlocks(height, width, blockHeight, blockWidth, (rows, columns) =>
        {
            var splits = new Split[rows * columns];
            var black = Enumerable.Range(0, splits.Length).Where(i => (i / columns + i % columns) % 2 == 0).ToArray();
            foreach (int white in Enumerable.Range(0, splits.Length).Except(black))
                splits[white] = Split.Test;
            foreach (int block in Order(black, seed).Take((int)Math.Round(black.Length * validationShare)))
                splits[block] = Split.Validation;
            return splits;
        });
    }

    /// <summary>Blocks dealt out at random, in the given shares of the number of blocks.</summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="blockHeight">Rows of a block.</param>
    /// <param name="blockWidth">Columns of a block.</param>
    /// <param name="train">The share that trains.</param>
    /// <param name="validation">The share that validates.</param>
    /// <param name="test">The share that tests; the three sum to 1.</param>
    /// <param name="seed">Says which block goes where.</param>
    /// <exception cref="ArgumentException">The shares do not sum to 1, or there are too few blocks to give each split one.</exception>
    public static SpatialBlocks Random(
        int height, int width, int blockHeight, int blockWidth, double train, double validation, double test, long seed)
    {
        if (train < 0 || validation < 0 || test < 0 || Math.Abs(train + validation + test - 1) > 1e-6)
            throw new ArgumentException($"Shares must be at least 0 and sum to 1: train {train}, validation {validation}, test {test}.");
        return new SpatialBlocks(height, width, blockHeight, blockWidth, (rows, columns) =>
        {
            int count = rows * columns;
            int validating = Blocks(validation, count), testing = Blocks(test, count), training = count - validating - testing;
            if (training < (train > 0 ? 1 : 0))
            {
                throw new ArgumentException(
                    $"{count} blocks of {blockHeight}x{blockWidth} are too few to give each split one: choose smaller blocks.");
            }
            var splits = new Split[count];
            int[] order = Order([.. Enumerable.Range(0, count)], seed);
            foreach (int block in order.AsSpan(0, validating))
                splits[block] = Split.Validation;
            foreach (int block in order.AsSpan(validating, testing))
                splits[block] = Split.Test;
            return splits;
        });
    }

    /// <summary>The whole image in one split.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="split">The split of every pixel.</param>
    public static SpatialBlocks Whole(int height, int width, Split split) => new(height, width, height, width, (_, _) => [split]);

    /// <summary>The split of a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the image.</exception>
    public Split this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Width);
            return _splits[row / BlockHeight * _columns + column / BlockWidth];
        }
    }

    /// <summary>The blocks of a split, row after row.</summary>
    public IReadOnlyList<Rasters.Window> Blocks(Split split) =>
    [
        .. Enumerable.Range(0, _splits.Length).Where(i => _splits[i] == split).Select(i =>
        {
            int x = i % _columns * BlockWidth, y = i / _columns * BlockHeight;
            return new Rasters.Window(x, y, Math.Min(BlockWidth, Width - x), Math.Min(BlockHeight, Height - y));
        }),
    ];

    private static int Blocks(double share, int count) => share == 0 ? 0 : Math.Max(1, (int)Math.Round(share * count));

    private static int[] Order(int[] blocks, long seed)
    {
        new Training.SeedStreams(seed).Draw("blocks", epoch: 0).Shuffle(blocks);
        return blocks;
    }
}
