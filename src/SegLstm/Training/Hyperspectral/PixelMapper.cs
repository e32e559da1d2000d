using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Rasters;
using SegLstm.Models.Hyperspectral;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Classifies a scene that is read row by row into a GeoTIFF: one byte a pixel, colours and names of the classes, 255 where
/// no band has a sample. Memory does not grow with the scene's height.</summary>
/// <param name="model">The classifier, in evaluation mode.</param>
/// <param name="card">What it is.</param>
public sealed class PixelMapper(PixelClassifier model, PixelModelCard card)
{
    /// <summary>Maps a scene.</summary>
    /// <param name="rows">The scene, in the bands of the card.</param>
    /// <param name="place">Where it lies; null: nowhere.</param>
    /// <param name="projection">The coordinate system as WKT, or empty.</param>
    /// <param name="destination">The GeoTIFF; appears when it is complete.</param>
    /// <param name="progress">Is told how many of how many pixels are done.</param>
    /// <param name="stop">Gives the map up.</param>
    /// <returns>Pixels of each class, and behind them those without data.</returns>
    /// <exception cref="ArgumentException">The scene has other bands than the model.</exception>
    /// <exception cref="RasterException">The scene is damaged, or the map cannot be written.</exception>
    public long[] Map(
        HyperspectralRows rows, GeoTransform? place, string projection, string destination, Action<long, long>? progress = null,
        CancellationToken stop = default)
    {
        var counts = new long[card.ClassNames.Count + 1];
        using RasterWriter writer = RasterWriter.Create(destination, ClassMap.Spec(rows.Width, rows.Height, card.Legend, place, projection));
        new PixelPredictor(model, BandScale.From(card.Mean, card.Factor)).Map(rows, Write, progress, stop);
        writer.Commit();
        return counts;

        void Write(int first, byte[] classes)
        {
            foreach (byte found in classes) counts[found == ClassMap.NoData ? ^1 : found]++;
            writer.Write<byte>(classes, new Window(0, first, rows.Width, classes.Length / rows.Width));
        }
    }
}
