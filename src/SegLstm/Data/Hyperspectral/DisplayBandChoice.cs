namespace SegLstm.Data.Hyperspectral;

/// <summary>Chooses the three bands of a picture.</summary>
internal static class DisplayBandChoice
{
    /// <summary>
    /// The bands nearest to red, green and blue (650, 550, 450 nm) where wavelengths are known and these three differ; else bands at
    /// three quarters, half and a quarter of the list: false colours.
    /// </summary>
    internal static int[] Of(int bands, double[]? wavelengths)
    {
        if (wavelengths is not null)
        {
            int[] natural = [.. new[] { 650.0, 550, 450 }
                .Select(wanted => Enumerable.Range(0, bands).MinBy(band => Math.Abs(wavelengths[band] - wanted)))];
            if (natural.Distinct().Count() == 3) return natural;
        }

        return bands < 3 ? [0, 0, 0] : [bands * 3 / 4, bands / 2, bands / 4];
    }
}
