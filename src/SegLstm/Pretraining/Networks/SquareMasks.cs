using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>Which squares of images a method hides. The stream "mask" of the seeds is used, an item for each image.</summary>
internal static class SquareMasks
{
    /// <summary>Squares anywhere: 0 in them, 1 elsewhere, <c>(B, 1, H, W)</c>.</summary>
    /// <exception cref="ArgumentException">The image is smaller than a square.</exception>
    public static Tensor Erased(Tensor image, int side, int count, SeedStreams seeds)
    {
        var (batch, rows, columns) = (image.shape[0], (int)image.shape[2], (int)image.shape[3]);
        if (rows < side || columns < side)
        {
            throw new ArgumentException(
                $"A square of {side} pixels does not fit into views of {rows} x {columns}: choose smaller squares (SquareSide).", nameof(image));
        }

        var mask = ones([batch, 1, rows, columns], image.dtype);
        for (var item = 0; item < batch; item++)
        {
            var random = seeds.Draw("mask", 0, item);
            for (var square = 0; square < count; square++)
            {
                var (top, left) = (random.Next(rows - side + 1), random.Next(columns - side + 1));
                mask[item].narrow(1, top, side).narrow(2, left, side).zero_();
            }
        }

        return mask.to(image.device);
    }

    /// <summary>A share of the squares of a grid: 1 in them, 0 elsewhere, <c>(B, 1, H, W)</c>; as many in each image.</summary>
    /// <exception cref="ArgumentException">The image is no whole number of squares, or a single one.</exception>
    public static Tensor OfGrid(Tensor image, int side, double share, SeedStreams seeds)
    {
        var (batch, height, width) = (image.shape[0], image.shape[2], image.shape[3]);
        if (height % side != 0 || width % side != 0)
        {
            throw new ArgumentException(
                $"Expected views whose sides are multiples of the hidden squares' {side} pixels, got {height} x {width}: choose "
                + "other views or squares (SquareSide).", nameof(image));
        }

        var (rows, columns) = (height / side, width / side);
        if (rows * columns < 2)
        {
            throw new ArgumentException(
                $"A view of {height} x {width} pixels is a single square of {side}: some have to be hidden and some be seen. Choose smaller "
                + "squares (SquareSide).", nameof(image));
        }

        var hidden = (int)Math.Clamp(Math.Round(share * rows * columns), 1, (rows * columns) - 1);
        var cells = new float[batch * rows * columns];
        for (var item = 0; item < batch; item++)
        {
            var order = Enumerable.Range(0, (int)(rows * columns)).ToArray();
            seeds.Draw("mask", 0, item).Shuffle(order);
            foreach (var cell in order.Take(hidden))
            {
                cells[(item * rows * columns) + cell] = 1;
            }
        }

        var grid = tensor(cells, [batch, 1, rows, columns]).to(image.dtype);
        return grid.repeat_interleave(side, 2).repeat_interleave(side, 3).to(image.device);
    }
}
