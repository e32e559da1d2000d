using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Mapping;

/// <summary>Scenes that are as large as asked for, and models that cost next to nothing.</summary>
internal static class GiantScene
{
    internal static readonly GeoTransform Grid = new(300_000, 10, 0, 9_120_000, 0, -10);

    internal static readonly ModelCard Card = new()
    {
        Model = "cheap", ImageSize = 64, Bands = ["red", "green"], Mean = [100, 50], Std = [40, 30],
        ClassNames = ["dark", "bright", "other"], Palette = ["#0072B2", "#F0E442", "#009E73"], Dataset = "none", DisplayBands = [0, 1, 0],
    };

    /// <summary>Writes smooth stripes in two bands, some rows at a time.</summary>
    internal static string Write(string path, int width, int height, double? noData = null)
    {
        using RasterWriter writer = RasterWriter.Create(
            path, new RasterSpec { Width = width, Height = height, Bands = 2, GeoTransform = Grid, NoData = noData });
        for (int top = 0; top < height; top += RasterWriter.TileSide)
        {
            int rows = Math.Min(RasterWriter.TileSide, height - top);
            byte[] samples = new byte[2 * rows * width];
            for (int i = 0; i < samples.Length; i++) samples[i] = (byte)(20 + ((i % width / 7) + (top / 64) + (i / 4000)) % 200);
            writer.Write<byte>(samples, new Window(0, top, width, rows));
        }

        writer.Commit();
        return path;
    }

    /// <summary>A convolution that looks at its neighbours, so that windows differ near their edges.</summary>
    internal static nn.Module<Tensor, Tensor> Model(int side = 3)
    {
        manual_seed(4);
        return nn.Conv2d(2, Card.Classes, side, padding: side / 2);
    }
}
