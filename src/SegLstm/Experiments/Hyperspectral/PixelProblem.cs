using SegLstm.Training.Hyperspectral;

namespace SegLstm.Experiments.Hyperspectral;

/// <summary>Pixels to learn from and pixels to judge by, of one image.</summary>
public sealed class PixelProblem
{
    private readonly byte[] labels;

    /// <summary>Poses a problem.</summary>
    /// <param name="cube">The image.</param>
    /// <param name="labels">Class of every pixel, 1 to <paramref name="classes"/>; 0: not known.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="draw">The pixels.</param>
    /// <exception cref="ArgumentException">Sizes disagree, or a pixel is not labelled, out of range, or on both sides.</exception>
    public PixelProblem(SpectralCube cube, byte[] labels, int classes, PixelDraw draw)
    {
        (Cube, this.labels, Classes, Draw) = (cube, labels, classes, draw);
        if (labels.Length != cube.Pixels)
        {
            throw new ArgumentException($"Expected a label for each of {cube.Pixels} pixels, got {labels.Length}.", nameof(labels));
        }

        if (draw.Train.Length == 0 || draw.Test.Length == 0)
        {
            throw new ArgumentException(
                $"The draw {draw} has {draw.Train.Length} training and {draw.Test.Length} test pixels: expected some of both.",
                nameof(draw));
        }

        foreach (var pixel in draw.Train.Concat(draw.Test))
        {
            if (pixel < 0 || pixel >= labels.Length || labels[pixel] == 0 || labels[pixel] > classes)
            {
                throw new ArgumentException(
                    $"Pixel {pixel} of the draw {draw} is not one of {labels.Length} with a label from 1 to {classes}.", nameof(draw));
            }
        }

        if (draw.Train.Intersect(draw.Test).ToArray() is { Length: > 0 } both)
        {
            throw new ArgumentException($"{both.Length} pixels of the draw {draw} are on both sides, first {both[0]}.", nameof(draw));
        }

        Scale = BandScale.Of(cube, draw.Train);
    }

    /// <summary>The image.</summary>
    public SpectralCube Cube { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>The pixels.</summary>
    public PixelDraw Draw { get; }

    /// <summary>Standardises by the training pixels.</summary>
    public BandScale Scale { get; }

    /// <summary>Classes of pixels, from 0.</summary>
    /// <param name="pixels">Labelled pixels.</param>
    public int[] LabelsOf(int[] pixels) => Array.ConvertAll(pixels, pixel => labels[pixel] - 1);

    /// <summary>Standardised spectra of pixels, row by row.</summary>
    /// <param name="pixels">Which.</param>
    public float[] SpectraOf(int[] pixels)
    {
        var spectra = new float[checked(pixels.Length * Cube.Bands)];
        for (var i = 0; i < pixels.Length; i++)
        {
            Scale.Apply(Cube.Spectrum(pixels[i]), spectra.AsSpan(i * Cube.Bands, Cube.Bands));
        }

        return spectra;
    }

    /// <summary>Asks for the class of each test pixel by its standardised spectrum, on all threads.</summary>
    /// <param name="classify">A spectrum to a class, from 0; may be called by several threads at once.</param>
    /// <param name="stop">Ends the work.</param>
    internal int[] ClassifyTest(Func<ReadOnlySpan<float>, int> classify, CancellationToken stop)
    {
        var (asked, found) = (SpectraOf(Draw.Test), new int[Draw.Test.Length]);
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = stop },
            i => found[i] = classify(asked.AsSpan(i * Cube.Bands, Cube.Bands)));
        return found;
    }
}
