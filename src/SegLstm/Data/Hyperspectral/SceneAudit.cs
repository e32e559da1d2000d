namespace SegLstm.Data.Hyperspectral;

/// <summary>
/// Finds what no model should be given: samples that are not finite, bands that are constant, bands that the source calls bad. And
/// takes it out.
/// </summary>
public sealed class SceneAudit
{
    private readonly HyperspectralScene _scene;

    private SceneAudit(HyperspectralScene scene, BandAudit[] bands, double mostMissing)
    {
        _scene = scene;
        Bands = bands;
        DroppedBands = [.. bands.Where(band => band.IsConstant || band.IsDeclaredBad
            || band.NotANumber + band.Infinite > mostMissing * scene.Pixels).Select(band => band.Band)];
        BadPixels = FindBadPixels();
    }

    /// <summary>Each band's audit.</summary>
    public IReadOnlyList<BandAudit> Bands { get; }

    /// <summary>Bands that <see cref="Clean"/> takes out, from 0, ascending.</summary>
    public IReadOnlyList<int> DroppedBands { get; }

    /// <summary>Pixels with a sample that is not finite in a band that stays, ascending.</summary>
    public IReadOnlyList<int> BadPixels { get; }

    /// <summary>Whether there is nothing to take out.</summary>
    public bool IsClean => DroppedBands.Count == 0 && BadPixels.Count == 0;

    /// <summary>Looks at every sample of a scene.</summary>
    /// <param name="scene">A scene.</param>
    /// <param name="mostMissing">A band with a greater share of samples that are not finite is dropped whole; [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A share outside [0, 1].</exception>
    public static SceneAudit Of(HyperspectralScene scene, double mostMissing = 0.1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (mostMissing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(mostMissing), mostMissing, "A share is from 0 to 1.");
        int bands = scene.Bands;
        int[] notANumber = new int[bands], infinite = new int[bands];
        double[] least = new double[bands], greatest = new double[bands], sum = new double[bands], squares = new double[bands],
            origin = new double[bands];
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(greatest, double.NegativeInfinity);
        for (int at = 0; at < scene.Samples.Length;)
        {
            for (int band = 0; band < bands; band++, at++)
            {
                double value = scene.Samples[at];
                if (!double.IsFinite(value))
                {
                    (double.IsNaN(value) ? notANumber : infinite)[band]++;
                    continue;
                }

                // Sums of differences from the first sample: squares of large values would lose the spread.
                if (least[band] > greatest[band]) origin[band] = value;
                least[band] = Math.Min(least[band], value);
                greatest[band] = Math.Max(greatest[band], value);
                double difference = value - origin[band];
                sum[band] += difference;
                squares[band] += difference * difference;
            }
        }

        return new SceneAudit(scene, [.. Enumerable.Range(0, bands).Select(band =>
        {
            double count = scene.Pixels - notANumber[band] - infinite[band], mean = sum[band] / count;
            return new BandAudit(
                band, notANumber[band], infinite[band], count > 0 ? least[band] : double.NaN, count > 0 ? greatest[band] : double.NaN,
                mean + origin[band], Math.Sqrt(Math.Max(0, (squares[band] / count) - (mean * mean))),
                scene.DeclaredBadBands.Contains(band));
        })], mostMissing);
    }

    /// <summary>
    /// The scene without the dropped bands; bad pixels lose their label, leave the official split, and have the band's mean where a
    /// sample was not finite, so that neighbours' windows stay usable. What was done is added to the scene's warnings.
    /// </summary>
    /// <exception cref="InvalidDataException">No band would be left.</exception>
    public HyperspectralScene Clean()
    {
        if (IsClean) return _scene;
        int[] keep = [.. Enumerable.Range(0, _scene.Bands).Except(DroppedBands)];
        if (keep.Length == 0)
            throw new InvalidDataException(
                $"Every band of '{_scene.Name}' is constant, declared bad or mostly not finite: there is nothing to learn from.");
        HyperspectralScene kept = DroppedBands.Count == 0 ? _scene with { Samples = [.. _scene.Samples] } : _scene.WithBands(keep);
        byte[] labels = [.. _scene.Labels];
        foreach (int pixel in BadPixels)
        {
            labels[pixel] = 0;
            for (int band = 0; band < keep.Length; band++)
            {
                ref float sample = ref kept.Samples[(pixel * keep.Length) + band];
                if (!float.IsFinite(sample)) sample = (float)Bands[keep[band]].Mean;
            }
        }

        var bad = BadPixels.ToHashSet();
        bool IsGood(int pixel) => !bad.Contains(pixel);
        return kept with
        {
            Labels = labels,
            OfficialSplit = _scene.OfficialSplit is { } split
                ? split with { Train = [.. split.Train.Where(IsGood)], Test = [.. split.Test.Where(IsGood)] } : null,
            Warnings = [.. _scene.Warnings, Describe()],
        };
    }

    /// <summary>What was found, in a sentence.</summary>
    public string Describe()
    {
        if (IsClean) return "no dead bands, no samples that are not finite";
        var parts = new List<string>();
        void Add(string what, Func<BandAudit, bool> which)
        {
            int[] found = [.. DroppedBands.Where(band => which(Bands[band]))];
            if (found.Length > 0) parts.Add($"{what}: {string.Join(", ", found.Select(band => _scene.SourceBands[band] + 1))}");
        }

        Add("bands that the file calls bad", band => band.IsDeclaredBad);
        Add("constant bands", band => band.IsConstant && !band.IsDeclaredBad);
        Add("bands with many samples that are not finite", band => !band.IsConstant && !band.IsDeclaredBad);
        if (BadPixels.Count > 0)
            parts.Add($"{BadPixels.Count} pixels with samples that are not finite, {BadPixels.Count(pixel => _scene.Labels[pixel] != 0)} of them labelled");
        return string.Join("; ", parts) + " (band numbers from 1, as in the source)";
    }

    private List<int> FindBadPixels()
    {
        bool[] dropped = new bool[_scene.Bands];
        foreach (int band in DroppedBands) dropped[band] = true;
        var bad = new List<int>();
        for (int pixel = 0; pixel < _scene.Pixels; pixel++)
        {
            ReadOnlySpan<float> spectrum = _scene.Spectrum(pixel);
            for (int band = 0; band < spectrum.Length; band++)
            {
                if (float.IsFinite(spectrum[band]) || dropped[band]) continue;
                bad.Add(pixel);
                break;
            }
        }

        return bad;
    }
}
