using SegLstm.Data;
using SegLstm.Data.Pictures;

namespace SegLstm.Pretraining.Views;

/// <summary>
/// How samples become the bytes that views are made of: linearly, band by band, from <paramref name="Low"/> at 0 to
/// <paramref name="High"/> at 255, rounded, what lies beyond held at the ends.
/// </summary>
/// <param name="Low">One number a band, in the images' units.</param>
/// <param name="High">One number a band, above <paramref name="Low"/>.</param>
public sealed record ByteScaling(IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <summary>Percent of the samples that are held at either end where samples are no bytes.</summary>
    public const double Tail = 0.5;

    // A band's percentiles are taken from at most about so many of its samples, evenly spread.
    private const int Most = 1 << 20;

    /// <summary>
    /// The scaling of some scenes together. Where every known sample is a whole number from 0 to 255, whatever type it is stored
    /// in, samples are taken as they are; else each band is stretched between its <see cref="Tail"/> and 100 -
    /// <see cref="Tail"/> percentiles over all scenes, so that the same sample becomes the same byte in each.
    /// </summary>
    /// <param name="scenes">At least one; all of as many bands.</param>
    /// <exception cref="ArgumentException">No scene, other bands, or a band without a known finite sample.</exception>
    public static ByteScaling Of(IReadOnlyList<Scene> scenes)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        return Of([.. scenes.Select(SceneArrays.Of)]);
    }

    internal static ByteScaling Of(SceneArrays[] scenes)
    {
        RequireSameBands(scenes);
        int bands = scenes[0].Bands;
        double[] low = new double[bands], high = new double[bands];
        if (Array.TrueForAll(scenes, HasBytes))
        {
            Array.Fill(high, 255);
            return new ByteScaling(low, high);
        }

        for (int band = 0; band < bands; band++)
        {
            float[] known = [.. scenes.SelectMany(scene => Known(scene, band, scenes.Length))];
            if (known.Length == 0)
            {
                throw new ArgumentException(
                    $"Band {band} ({scenes[0].BandNames[band]}) has no known finite sample in {Names(scenes)}: there is nothing to scale by.");
            }

            Array.Sort(known);
            (low[band], high[band]) = (At(known, Tail / 100), At(known, 1 - Tail / 100));
            if (!(high[band] > low[band])) high[band] = low[band] + 1;
        }

        return new ByteScaling(low, high);
    }

    internal static void RequireSameBands(SceneArrays[] scenes)
    {
        if (scenes.Length == 0) throw new ArgumentException("There is no image: expected at least one to cut tiles from.");
        if (Array.Find(scenes, scene => scene.Bands != scenes[0].Bands) is { } other)
        {
            throw new ArgumentException(
                $"'{scenes[0].Name}' has {scenes[0].Bands} bands ({string.Join(", ", scenes[0].BandNames)}) and '{other.Name}' "
                + $"{other.Bands} ({string.Join(", ", other.BandNames)}): expected as many in each, or a data set for each.");
        }
    }

    /// <summary>A scene as bytes; what is unknown or no finite number is 0.</summary>
    internal ByteImage Bytes(SceneArrays scene)
    {
        if (Low.Count != scene.Bands || High.Count != scene.Bands)
        {
            throw new ArgumentException(
                $"A scaling of {Low.Count} bands for the {scene.Bands} of '{scene.Name}': expected one a band.");
        }

        var image = new ByteImage(scene.Bands, scene.Height, scene.Width);
        for (int band = 0; band < scene.Bands; band++)
        {
            var target = image.Band(band);
            double low = Low[band], factor = 255 / (High[band] - low);
            for (int i = 0; i < target.Length; i++)
            {
                float sample = scene.Image[band * scene.Pixels + i];
                target[i] = scene.Known?[i] == false || !float.IsFinite(sample)
                    ? (byte)0
                    : (byte)Math.Clamp(Math.Round((sample - low) * factor), 0, 255);
            }
        }

        return image;
    }

    private static bool HasBytes(SceneArrays scene)
    {
        for (int i = 0; i < scene.Image.Length; i++)
        {
            float sample = scene.Image[i];
            if (sample is not (>= 0 and <= 255) || sample != MathF.Floor(sample))
            {
                if (scene.Known?[i % scene.Pixels] != false) return false;
            }
        }

        return true;
    }

    private static IEnumerable<float> Known(SceneArrays scene, int band, int scenes)
    {
        int step = 1 + (int)((long)scene.Pixels * scenes / Most);
        for (int i = 0; i < scene.Pixels; i += step)
        {
            float sample = scene.Image[band * scene.Pixels + i];
            if (scene.Known?[i] != false && float.IsFinite(sample)) yield return sample;
        }
    }

    private static double At(float[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    private static string Names(SceneArrays[] scenes) => string.Join(", ", scenes.Select(scene => $"'{scene.Name}'"));
}
