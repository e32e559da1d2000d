using SegLstm.Data;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Maps scenes that are in memory. For files of any size see <see cref="RasterMapper"/>.</summary>
public static class SceneMap
{
    /// <summary>Predicts the class of every pixel of a scene.</summary>
    /// <param name="scene">The scene, with the model's bands in the model's order.</param>
    /// <param name="model">Normalised windows `(N, C, s, s)` to logits.</param>
    /// <param name="card">The model's window, normalisation and classes.</param>
    /// <param name="overlap">Pixels that neighbouring windows share.</param>
    /// <param name="progress">Is told how many of how many windows are done.</param>
    /// <param name="stop">Ends the work between two batches of windows.</param>
    /// <returns>Classes `(H, W)` int64.</returns>
    /// <exception cref="ArgumentException">The scene has another number of bands than the model takes.</exception>
    public static Tensor Predict(Scene scene, nn.Module<Tensor, Tensor> model, ModelCard card, int overlap,
        Action<long, long>? progress = null, CancellationToken stop = default)
    {
        if (scene.Bands != card.Channels)
        {
            throw new ArgumentException(
                $"The scene '{scene.Name}' has {scene.Bands} bands ({string.Join(", ", scene.BandNames)}), the model takes "
                    + $"{card.Channels} ({string.Join(", ", card.Bands)}).");
        }

        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        Tensor mean = tensor(card.Mean.ToArray()).view(-1, 1, 1), std = tensor(card.Std.ToArray()).view(-1, 1, 1);
        Tensor image = (scene.Image - mean) / std;
        if (scene.Known is { } known) image = image.masked_fill(known.logical_not().unsqueeze(0), 0);
        Tensor map = empty(scene.Height, scene.Width, dtype: ScalarType.Int64);
        var predictor = new Predictor(model, card.Classes, card.ImageSize, overlap);
        long windows = predictor.Windows(scene.Width, scene.Height).Count;
        predictor.Predict(scene.Width, scene.Height,
            (x, y, w, h) => image.narrow(1, y, h).narrow(2, x, w),
            (top, rows) => map.narrow(0, top, rows.shape[1]).copy_(rows.argmax(0)),
            done => progress?.Invoke(done, windows), stop);
        return scope.MoveToOuter(map);
    }

    /// <summary>Writes a map as a GeoTIFF on the scene's grid.</summary>
    /// <param name="path">The file; appears when it is complete.</param>
    /// <param name="scene">The scene that was mapped; its unknown pixels become "no data".</param>
    /// <param name="map">Class of each pixel, `(H, W)` of an integer dtype.</param>
    /// <param name="legend">Names and colours by class.</param>
    public static void Write(string path, Scene scene, Tensor map, ClassLegend legend)
    {
        using var scope = NewDisposeScope();
        Tensor classes = scene.Known is { } known ? map.masked_fill(known.logical_not(), ClassMap.NoData) : map;
        RasterWriter.WriteGeoTiff(path,
            ClassMap.Spec(scene.Width, scene.Height, legend, scene.GeoTransform, scene.Projection),
                classes.to_type(ScalarType.Byte));
    }
}
