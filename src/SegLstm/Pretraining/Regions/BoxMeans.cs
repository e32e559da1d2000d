using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Regions;

/// <summary>Means of a feature map over boxes of the image.</summary>
/// <remarks>
/// GLCNet resizes the map to the image (bilinear, aligned corners) and averages each box. Both are linear and act on rows and
/// columns one after the other, so a box's mean is <c>r·X·c</c> with the map X and a weight a row and a column: the resized map,
/// which at 64 channels is far larger than all else behind the encoder, is never made. The authors' RoIPool of a 48×48 box to
/// 48×48 cells takes each pixel as it is.
/// </remarks>
public static class BoxMeans
{
    /// <summary>Averages.</summary>
    /// <param name="map">Features <c>(B, C, h, w)</c>.</param>
    /// <param name="boxes">int64 <c>(B, n, 4)</c>: left, top, right, bottom in pixels of the image, edges included.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <returns><c>(B·n, C)</c>: image by image, box by box.</returns>
    /// <exception cref="ArgumentException">A box reaches out of the image, or its edges are exchanged.</exception>
    public static Tensor Of(Tensor map, Tensor boxes, long height, long width)
    {
        using var scope = NewDisposeScope();
        var edges = boxes.to(map.device);
        var rows = Weights(edges.select(2, 1), edges.select(2, 3), height, map.shape[2], map);
        var columns = Weights(edges.select(2, 0), edges.select(2, 2), width, map.shape[3], map);
        // (B, C, h, n), then the sum over rows.
        var across = map.matmul(columns.transpose(1, 2).unsqueeze(1));
        var means = (across * rows.transpose(1, 2).unsqueeze(1)).sum(2);
        return means.transpose(1, 2).reshape(-1, map.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>What each of a map's <paramref name="size"/> rows counts in the mean of pixels from
    /// <paramref name="from"/> to <paramref name="to"/> of an image of <paramref name="side"/>: <c>(B, n, size)</c>.</summary>
    private static Tensor Weights(Tensor from, Tensor to, long side, long size, Tensor like)
    {
        if (from.lt(0).any().item<bool>() || to.ge(side).any().item<bool>() || to.lt(from).any().item<bool>())
        {
            throw new ArgumentException(
                $"Expected boxes inside of an image of {side} pixels, from 0 to {side - 1} with the lower edge first, got edges "
                + $"from {from.min().item<long>()} to {to.max().item<long>()}.", nameof(from));
        }

        var pixels = arange(side, device: like.device);
        var inside = pixels.ge(from.unsqueeze(2)).logical_and(pixels.le(to.unsqueeze(2))).to_type(like.dtype);
        // Resizing the unit vectors gives each pixel's weights: (size, side).
        var unit = eye(size, dtype: like.dtype, device: like.device).view(1, size, size, 1);
        var resized = Resizing.BilinearAligned(unit, side, 1).view(size, side);
        return inside.matmul(resized.t()) / inside.sum(2, keepdim: true);
    }
}
