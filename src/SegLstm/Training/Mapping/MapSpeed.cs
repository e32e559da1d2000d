namespace SegLstm.Training.Mapping;

/// <summary>How fast a scene was mapped, beside the model alone on the same windows in the same run.</summary>
/// <param name="Pixels">Pixels that were mapped, those of an earlier run not counted.</param>
/// <param name="Elapsed">From the first window's reading to the last row's keeping.</param>
/// <param name="Model">What forward passes took of it.</param>
public sealed record MapSpeed(long Pixels, TimeSpan Elapsed, TimeSpan Model)
{
    /// <summary>Millions of pixels of the map a second.</summary>
    public double Megapixels => Pixels / 1e6 / Elapsed.TotalSeconds;

    /// <summary>The same if nothing but the model took time.</summary>
    public double ModelMegapixels => Pixels / 1e6 / Model.TotalSeconds;

    /// <summary>The share of the time in which the model waited for reading, blending and writing, 0 to 1.</summary>
    public double Lost => 1 - (Model / Elapsed);
}
