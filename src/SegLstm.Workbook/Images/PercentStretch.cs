using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Images;

/// <summary>
/// Shows three bands as red, green and blue, each stretched linearly between two percentiles of its samples: sensors rarely
/// use their whole range, so the samples as they are would look dark and flat.
/// </summary>
public static class PercentStretch
{
    /// <summary>Draws a scene.</summary>
    /// <param name="image">(bands, H, W), any real type; samples that are NaN or infinite show as 0.</param>
    /// <param name="bands">The bands, from 0, that show as red, green and blue.</param>
    /// <param name="low">Percent of the samples that may be black.</param>
    /// <param name="high">The percentile that is fully bright.</param>
    /// <param name="known">(H, W) bool, where the picture is known; null where it is known everywhere. The rest is black and not measured.</param>
    /// <exception cref="ArgumentException">Another shape, a band that is not there, or percentiles that are no range.</exception>
    public static RgbImage ToRgb(Tensor image, IReadOnlyList<int> bands, double low = 2, double high = 98, Tensor? known = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(bands);
        if (image.shape.Length != 3)
            throw new ArgumentException($"An image is (bands, H, W); this is ({string.Join(", ", image.shape)}).", nameof(image));
        if (bands.Count != 3 || bands.Any(b => b < 0 || b >= image.shape[0]))
            throw new ArgumentException($"Bands {string.Join(", ", bands)} of {image.shape[0]}: expected three numbers from 0 to {image.shape[0] - 1}.", nameof(bands));
        if (!(low >= 0 && low < high && high <= 100))
            throw new ArgumentException($"Percentiles from {low} to {high}: expected 0 <= low < high <= 100.", nameof(low));

        int height = (int)image.shape[1], width = (int)image.shape[2];
        using var scope = NewDisposeScope();
        bool[]? where = known?.cpu().contiguous().data<bool>().ToArray();
        if (where is not null && where.Length != height * width)
            throw new ArgumentException($"{where.Length:N0} known pixels of {height * width:N0}: expected as many.", nameof(known));
        byte[][] channels = [.. bands.Select(band =>
            Stretch(image[band].detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray(), where, low, high))];
        var picture = new RgbImage(width, height);
        for (int i = 0; i < height * width; i++)
            picture[i % width, i / width] = new(channels[0][i], channels[1][i], channels[2][i]);
        return picture;
    }

    private static byte[] Stretch(float[] samples, bool[]? known, double low, double high)
    {
        float[] sorted = [.. samples.Where((sample, i) => float.IsFinite(sample) && known?[i] != false)];
        if (sorted.Length == 0) return new byte[samples.Length];
        Array.Sort(sorted);
        float black = Percentile(sorted, low), white = Percentile(sorted, high);
        // A constant band has no contrast to stretch: it shows as middle grey.
        float scale = white > black ? 255 / (white - black) : 0;
        float offset = white > black ? 0 : 127.5f;
        return [.. samples.Select((sample, i) => !float.IsFinite(sample) || known?[i] == false
            ? (byte)0
            : (byte)MathF.Round(Math.Clamp((sample - black) * scale + offset, 0, 255)))];
    }

    // The nearest rank: always a sample that occurs.
    private static float Percentile(float[] sorted, double percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
}
