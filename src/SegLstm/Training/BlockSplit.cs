using SegLstm.Data;

namespace SegLstm.Training;

/// <summary>A random split of an image into square blocks, in a form that can be written down and made again.</summary>
/// <param name="BlockSize">Side of a block in pixels.</param>
/// <param name="Validation">Share of the blocks that validate, 0 to 1.</param>
/// <param name="Test">Share of the blocks that are held out for the test, 0 to 1; the rest trains.</param>
/// <param name="Seed">
/// Says which block goes where; kept apart from a run's seed, so that runs with other seeds are compared on the same pixels.
/// </param>
public sealed record BlockSplit(int BlockSize, double Validation, double Test, long Seed)
{
    /// <summary>The blocks of an image.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <exception cref="ArgumentException">Shares that leave nothing to train on, or too few blocks.</exception>
    public SpatialBlocks Blocks(int height, int width) =>
        SpatialBlocks.Random(height, width, BlockSize, BlockSize, 1 - Validation - Test, Validation, Test, Seed);

    /// <summary>The labels of one split of an image.</summary>
    /// <param name="label">All labels, `(H, W)` int64.</param>
    /// <param name="blocks">Who gets which pixel.</param>
    /// <param name="split">The split to show.</param>
    /// <param name="ignoreIndex">Label of the pixels of other splits.</param>
    /// <returns>A new tensor `(H, W)` int64.</returns>
    public static TorchSharp.torch.Tensor LabelsOf(
        TorchSharp.torch.Tensor label, SpatialBlocks blocks, Split split, int ignoreIndex = 255)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        TorchSharp.torch.Tensor shown = TorchSharp.torch.full_like(label, ignoreIndex);
        foreach (Data.Rasters.Window w in blocks.Blocks(split))
        {
            shown.narrow(0, w.Y, w.Height).narrow(1, w.X, w.Width).copy_(label.narrow(0, w.Y, w.Height).narrow(1, w.X, w.Width));
        }

        return scope.MoveToOuter(shown);
    }
}
