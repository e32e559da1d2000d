namespace SegLstm.Pretraining.Views;

/// <summary>Changes of one band: brightness, contrast, noise.</summary>
internal static class BandJitter
{
    /// <summary>All three, with drawn factors, in the authors' order.</summary>
    internal static void Apply(Span<byte> band, Random random, ViewOptions options)
    {
        Brighten(band, Around1(random, options.Brightness));
        Scale(band, Around1(random, options.Contrast));
        Disturb(band, random, options.NoiseProbability);
    }

    /// <summary>Mixes a band with white where the factor is above 1, with black where it is below, by its distance from
    /// 1.</summary>
    internal static void Brighten(Span<byte> band, double factor)
    {
        float share = (float)Math.Abs(factor - 1), kept = (float)(1 - Math.Abs(factor - 1)), added = factor > 1 ? 255 * share : 0;
        for (int i = 0; i < band.Length; i++) band[i] = (byte)Math.Clamp(MathF.Round(band[i] * kept + added), 0, 255);
    }

    /// <summary>Multiplies a band; what is above 255 becomes 255, fractions are cut off.</summary>
    internal static void Scale(Span<byte> band, double factor)
    {
        for (int i = 0; i < band.Length; i++) band[i] = (byte)Math.Min(band[i] * factor, 255);
    }

    /// <summary>Replaces each sample with this probability by a random byte.</summary>
    internal static void Disturb(Span<byte> band, Random random, double probability)
    {
        for (int i = 0; i < band.Length; i++)
        {
            if (random.NextDouble() < probability) band[i] = (byte)random.Next(256);
        }
    }

    private static double Around1(Random random, double reach) => 1 + reach * (2 * random.NextDouble() - 1);
}
