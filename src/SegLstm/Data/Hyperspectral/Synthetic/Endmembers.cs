using SegLstm.Data.Synthetic;

namespace SegLstm.Data.Hyperspectral.Synthetic;

/// <summary>
/// Reflectances of pure materials over wavelength: smooth, between 0.02 and 0.95. Materials come in families of three that share a
/// shape, as plants or soils do, and differ within a family by a weaker shape of their own.
/// </summary>
internal static class Endmembers
{
    private const int FamilySize = 3, Bumps = 5;

    /// <summary>One spectrum a class, a reflectance a band.</summary>
    internal static float[][] Of(SyntheticHyperspectral scene, IReadOnlyList<double> wavelengths)
    {
        var noise = new CounterNoise(scene.Seed).Stream(101);
        return [.. Enumerable.Range(0, scene.Classes).Select(index =>
        {
            double[] shared = Shape(noise.Stream(1 + (index / FamilySize)), wavelengths),
                own = Shape(noise.Stream(1001 + index), wavelengths);
            return shared.Zip(own, (family, single) => (float)Math.Clamp(family + (scene.Contrast * (single - 0.45)), 0.02, 0.95))
                .ToArray();
        })];
    }

    /// <summary>A slope with broad bumps and dips, placed at random.</summary>
    private static double[] Shape(CounterNoise noise, IReadOnlyList<double> wavelengths)
    {
        double first = wavelengths[0], span = wavelengths[^1] - first;
        double level = 0.25 + (0.4 * noise.At(0, 0)), slope = 0.5 * (noise.At(0, 1) - 0.5);
        return [.. wavelengths.Select(wavelength =>
        {
            double at = (wavelength - first) / span, value = level + (slope * (at - 0.5));
            for (int bump = 1; bump <= Bumps; bump++)
            {
                double centre = noise.At(bump, 0), width = 0.05 + (0.2 * noise.At(bump, 1)), height = 0.5 * (noise.At(bump, 2) - 0.5);
                value += height * Math.Exp(-0.5 * Math.Pow((at - centre) / width, 2));
            }

            return value;
        })];
    }
}
