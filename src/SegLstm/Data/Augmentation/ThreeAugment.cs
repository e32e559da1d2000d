using SegLstm.Data.Pictures;

namespace SegLstm.Data.Augmentation;

/// <summary>DeiT III's "3-Augment": each picture becomes grey, is solarised, or is blurred, one of the three at even odds.</summary>
/// <remarks>Solarising turns levels from 128 on into 255 less themselves. The blur is Gaussian, deviation 0.1 to 2 pixels drawn evenly;
/// its kernel, which recipes leave to their library, ends at three deviations here, and edges are repeated.</remarks>
internal static class ThreeAugment
{
    private const double LeastSigma = 0.1, GreatestSigma = 2;

    private const int Threshold = 128;

    private static readonly int[] Display = [0, 1, 2];

    /// <summary>Changes a picture of three bands in place.</summary>
    internal static void Apply(ByteImage image, Random random)
    {
        int choice = random.Next(3);
        if (choice == 0) Grey(image);
        else if (choice == 1) Solarise(image);
        else Blur(image, LeastSigma + (GreatestSigma - LeastSigma) * random.NextDouble());
    }

    internal static void Grey(ByteImage image)
    {
        byte[] grey = Luma.Of(image, Display);
        for (int band = 0; band < image.Bands; band++) grey.CopyTo(image.Band(band));
    }

    internal static void Solarise(ByteImage image)
    {
        foreach (ref byte sample in image.Samples.AsSpan())
        {
            if (sample >= Threshold) sample = (byte)(255 - sample);
        }
    }

    internal static void Blur(ByteImage image, double sigma)
    {
        int reach = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        float[] kernel = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(at => (float)Math.Exp(-at * at / (2 * sigma * sigma)))];
        float sum = kernel.Sum();
        float[] across = new float[image.Pixels];
        for (int band = 0; band < image.Bands; band++)
        {
            var samples = image.Band(band);
            for (int y = 0; y < image.Height; y++)
            {
                var row = samples.Slice(y * image.Width, image.Width);
                for (int x = 0; x < row.Length; x++)
                {
                    float total = 0;
                    for (int k = 0; k < kernel.Length; k++) total += kernel[k] * row[Math.Clamp(x + k - reach, 0, row.Length - 1)];
                    across[y * image.Width + x] = total / sum;
                }
            }

            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    float total = 0;
                    for (int k = 0; k < kernel.Length; k++)
                        total += kernel[k] * across[Math.Clamp(y + k - reach, 0, image.Height - 1) * image.Width + x];
                    samples[y * image.Width + x] = (byte)Math.Clamp(MathF.Round(total / sum), 0, 255);
                }
            }
        }
    }
}
