using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Models.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Classifies pixels with a trained classifier: single ones, or a whole image in short runs of pixels, in memory that does
/// not grow with the image.</summary>
/// <param name="model">The classifier, in evaluation mode.</param>
/// <param name="scale">How its training pixels were standardised.</param>
public sealed class PixelPredictor(PixelClassifier model, BandScale scale)
{
    // So many that the tokens of a run stay in the processor's second cache; more are slower.
    private const int Run = 512;

    // Samples of a strip that is read at once.
    private const int StripSamples = 1 << 21;

    /// <summary>The classes of pixels, from 0.</summary>
    /// <param name="cube">The image.</param>
    /// <param name="pixels">Which.</param>
    /// <param name="progress">Is told how many of how many pixels are done.</param>
    /// <param name="stop">Ends the work between two runs.</param>
    /// <exception cref="ArgumentException">The image has other bands than the model.</exception>
    public int[] Predict(
        SpectralCube cube, int[] pixels, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        var classes = new int[pixels.Length];
        Walk(cube, pixels.Length, (from, count) => pixels.AsSpan(from, count).ToArray(),
            (from, found) => Array.ConvertAll(found, c => (int)c).CopyTo(classes, from), progress, stop);
        return classes;
    }

    /// <summary>The class of every pixel of an image, row by row, from 0.</summary>
    /// <inheritdoc cref="Predict(SpectralCube, int[], Action{long, long}?, CancellationToken)"/>
    public byte[] Map(SpectralCube cube, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        RequireBytes();
        var classes = new byte[cube.Pixels];
        Walk(cube, cube.Pixels, (from, count) => [.. Enumerable.Range(from, count)],
            (from, found) => Array.ConvertAll(found, c => (byte)c).CopyTo(classes, from), progress, stop);
        return classes;
    }

    /// <summary>The class of every pixel of a scene that is read row by row: it may be larger than memory.</summary>
    /// <param name="rows">The scene.</param>
    /// <param name="write">Is given the first row of a strip, and the classes of the strip's pixels, row by row, from 0,
    /// <see cref="ClassMap.NoData"/> where no band has a sample; the array is the receiver's.</param>
    /// <param name="progress">Is told how many of how many pixels are done.</param>
    /// <param name="stop">Ends the work between two runs.</param>
    /// <exception cref="ArgumentException">The scene has other bands than the model, or the model has too many classes.</exception>
    public void Map(
        HyperspectralRows rows, Action<int, byte[]> write, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        RequireBytes();
        var strips = new MirroredStrips(rows, model.Input.Window);
        var (rim, wide, total) = (strips.RimSize, strips.StripWidth, (long)rows.Height * rows.Width);
        var most = Math.Clamp(StripSamples / (rows.Width * rows.Bands), 1, rows.Height);
        float[] samples = [];
        for (var first = 0; first < rows.Height; first += most)
        {
            var count = Math.Min(most, rows.Height - first);
            var strip = strips.Read(first, count);
            if (samples.Length != strip.Length) samples = new float[strip.Length];
            strip.CopyTo(samples);
            var classes = new byte[count * rows.Width];
            Walk(new SpectralCube(samples, count + (2 * rim), wide, rows.Bands), classes.Length,
                (from, length) => [.. Enumerable.Range(from, length).Select(pixel =>
                    ((rim + (pixel / rows.Width)) * wide) + rim + (pixel % rows.Width))],
                (from, found) => Array.ConvertAll(found, c => (byte)c).CopyTo(classes, from), null, stop);
            for (var pixel = 0; pixel < classes.Length; pixel++)
            {
                var at = (((rim + (pixel / rows.Width)) * wide) + rim + (pixel % rows.Width)) * rows.Bands;
                if (!float.IsFinite(samples[at]) && !samples.AsSpan(at, rows.Bands).ContainsAnyInRange(float.MinValue, float.MaxValue))
                {
                    classes[pixel] = ClassMap.NoData;
                }
            }

            write(first, classes);
            progress?.Invoke((long)(first + count) * rows.Width, total);
        }
    }

    private void RequireBytes()
    {
        if (model.Input.Classes > byte.MaxValue)
        {
            throw new ArgumentException(
                $"The model has {model.Input.Classes} classes: a map of one byte a pixel holds {byte.MaxValue}.");
        }
    }

    private void Walk(
        SpectralCube cube, int total, Func<int, int, int[]> pixels, Action<int, long[]> write, Action<long, long>? progress,
        CancellationToken stop)
    {
        if (cube.Bands != model.Input.Bands)
        {
            throw new ArgumentException(
                $"The image has {cube.Bands} bands, the model reads {model.Input.Bands}.", nameof(cube));
        }

        var windows = new PixelWindows(cube, scale, model.Input.Window);
        using var frozen = no_grad();
        for (var from = 0; from < total; from += Run)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(Run, total - from);
            var found = model.call(windows.Cut(pixels(from, count))).argmax(1);
            write(from, found.data<long>().ToArray());
            progress?.Invoke(from + count, total);
        }
    }
}
