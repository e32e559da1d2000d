using System.Numerics;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Some bands of a raster, and which of its pixels are no pixels: those that its mask or alpha band leaves out, those whose samples
/// are its "no data" value in all of these bands, and those with a sample that is no number in any.
/// </summary>
public sealed class RasterBands : IPixelSource
{
    private readonly Raster _raster;

    /// <summary>Chooses bands.</summary>
    /// <param name="raster">The raster; stays the caller's.</param>
    /// <param name="bands">From 0, in the order wanted.</param>
    /// <exception cref="ArgumentException">The raster has no such band.</exception>
    public RasterBands(Raster raster, IReadOnlyList<int> bands)
    {
        (_raster, Bands) = (raster, bands);
        foreach (int band in bands)
        {
            if (band < 0 || band >= raster.Bands)
                throw new ArgumentException($"'{raster.Path}' has no band {band + 1}: expected 1 to {raster.Bands}.");
        }
    }

    /// <inheritdoc />
    public int Width => _raster.Width;

    /// <inheritdoc />
    public int Height => _raster.Height;

    /// <inheritdoc />
    public IReadOnlyList<int> Bands { get; }

    /// <inheritdoc />
    public GeoTransform? GeoTransform => _raster.GeoTransform;

    /// <inheritdoc />
    public string Projection => _raster.Projection;

    /// <inheritdoc />
    public IReadOnlyList<string> Files => [_raster.Path];

    /// <inheritdoc />
    public void Read(Window window, Span<float> samples, Span<bool> missing)
    {
        _raster.Read(window, samples, Bands);
        FindMissing(samples, _raster.NoData, missing);
        if (!_raster.HasMask)
            return;
        byte[] mask = new byte[missing.Length];
        _raster.ReadMask(window, mask);
        for (int i = 0; i < mask.Length; i++)
            missing[i] |= mask[i] == 0;
    }

    /// <summary>Marks pixels whose samples are the value in all bands, or no number in any.</summary>
    internal static void FindMissing(ReadOnlySpan<float> samples, double? noData, Span<bool> missing)
    {
        int pixels = missing.Length, bands = samples.Length / pixels, i = 0;
        bool isDeclared = noData is { } declared && double.IsFinite(declared);
        float value = isDeclared ? (float)noData!.Value : 0;
        var values = new Vector<float>(value);
        for (; i <= pixels - Vector<float>.Count; i += Vector<float>.Count)
        {
            var (bad, all) = (Vector<int>.Zero, isDeclared ? Vector<int>.AllBitsSet : Vector<int>.Zero);
            for (int band = 0; band < bands; band++)
            {
                var sample = new Vector<float>(samples[((band * pixels) + i)..]);
                // What is no number differs from itself, and so does infinity less infinity from nought.
                bad |= ~Vector.Equals(sample - sample, Vector<float>.Zero);
                all &= Vector.Equals(sample, values);
            }

            bad |= all;
            for (int k = 0; k < Vector<float>.Count; k++)
                missing[i + k] = bad[k] != 0;
        }

        for (; i < pixels; i++)
        {
            var (bad, all) = (false, isDeclared);
            for (int band = 0; band < bands; band++)
            {
                float sample = samples[(band * pixels) + i];
                bad |= !float.IsFinite(sample);
                all &= sample == value;
            }

            missing[i] = bad || all;
        }
    }
}
