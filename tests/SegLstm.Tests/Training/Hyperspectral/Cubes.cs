using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Training.Hyperspectral;

/// <summary>Small images whose classes differ in the place of a hump in their spectra.</summary>
internal static class Cubes
{
    public static (SpectralCube Cube, byte[] Labels) Humps(int height, int width, int bands, int classes, int seed = 1)
    {
        var random = new Random(seed);
        var (samples, labels) = (new float[height * width * bands], new byte[height * width]);
        for (var pixel = 0; pixel < labels.Length; pixel++)
        {
            // In columns, so that neighbours are mostly of one class.
            var label = pixel % width * classes / width;
            labels[pixel] = (byte)(label + 1);
            for (var band = 0; band < bands; band++)
            {
                var distance = band - ((label + 0.5) * bands / classes);
                var hump = Math.Exp(-distance * distance / bands);
                samples[(pixel * bands) + band] = (float)(2000 + (800 * hump) + (100 * (random.NextDouble() - 0.5)));
            }
        }

        return (new SpectralCube(samples, height, width, bands), labels);
    }
}
