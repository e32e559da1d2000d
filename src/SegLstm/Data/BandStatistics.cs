using SegLstm.Data.Rasters;

namespace SegLstm.Data;

/// <summary>Mean and standard deviation of each band, over the pixels of one split: what tiles are normalised with.</summary>
/// <param name="Mean">One number a band, in the image's units.</param>
/// <param name="Std">One number a band; 1 where a band is constant.</param>
public sealed record BandStatistics(IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    /// <summary>Measures a scene's known pixels of a split (population standard deviation, summed in double).</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="blocks">Who gets which pixel.</param>
    /// <param name="split">The split that is measured: the training one, so that nothing is learnt from the others.</param>
    /// <exception cref="ArgumentException">The split has no known pixels.</exception>
    public static BandStatistics Of(Scene scene, SpatialBlocks blocks, Split split = Split.Train)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(blocks);
        return Of(SceneArrays.Of(scene), blocks, split);
    }

    /// <summary>Measures all known pixels of a scene.</summary>
    internal static BandStatistics Of(SceneArrays scene) =>
        Of(scene, [new Window(0, 0, scene.Width, scene.Height)], "all");

    internal static BandStatistics Of(SceneArrays scene, SpatialBlocks blocks, Split split) =>
        Of(scene, blocks.Blocks(split), $"the split {split}");

    private static BandStatistics Of(SceneArrays scene, IReadOnlyList<Window> windows, string part)
    {
        float[] mean = new float[scene.Bands], std = new float[scene.Bands];
        for (int band = 0; band < scene.Bands; band++)
        {
            double sum = 0, squares = 0;
            long count = 0;
            foreach (var w in windows)
            {
                for (int y = w.Y; y < w.Y + w.Height; y++)
                {
                    for (int at = y * scene.Width + w.X, end = at + w.Width; at < end; at++)
                    {
                        if (scene.Known is { } known && !known[at])
                            continue;
                        double value = scene.Image[(long)band * scene.Pixels + at];
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
            }

            if (count == 0)
                throw new ArgumentException($"'{scene.Name}' has no known pixels ({part}): there is nothing to measure.");
            double average = sum / count, variance = Math.Max(0, squares / count - average * average);
            mean[band] = (float)average;
            std[band] = variance > 1e-12 ? (float)Math.Sqrt(variance) : 1;
        }

        return new BandStatistics(mean, std);
    }
}
