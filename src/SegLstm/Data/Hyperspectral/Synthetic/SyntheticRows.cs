using System.Numerics;
using System.Runtime.InteropServices;
using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Synthetic;

namespace SegLstm.Data.Hyperspectral.Synthetic;

/// <summary>
/// A synthetic scene, row by row: what a pixel is, is a function of the seed and its place, so that rows can be asked for in any
/// order and by several threads, in the memory of the rows alone.
/// </summary>
/// <remarks>
/// x = light * sum over classes k of a_k * (1 + v_k) * e_k + n: abundances a from smooth random fields, at least 0, of sum 1 (the linear
/// mixing model); v is the spread of a material over the scene, a tenth at most; light is the slope of the ground; n is normal, independent
/// in each band, of that band's own strength. The field's exponent makes most pixels nearly pure and borders mixed.
/// </remarks>
public sealed class SyntheticRows : HyperspectralRows
{
    private const float Sharpness = 40, LeastShare = 1e-3f;
    private const int Octaves = 3;

    private readonly SyntheticHyperspectral _scene;
    private readonly float[][] _endmembers;
    private readonly float[] _noise;
    private readonly double[] _wavelengths;
    private readonly CounterNoise _random;

    /// <summary>Makes the spectra; no samples yet.</summary>
    /// <param name="scene">What the scene is made of.</param>
    /// <exception cref="ArgumentException">A part is out of range.</exception>
    public SyntheticRows(SyntheticHyperspectral scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        scene.Validate();
        _scene = scene;
        double step = (scene.LastWavelength - scene.FirstWavelength) / (scene.Bands - 1);
        _wavelengths = [.. Enumerable.Range(0, scene.Bands).Select(band => scene.FirstWavelength + (band * step))];
        _endmembers = Endmembers.Of(scene, _wavelengths);
        _noise = [.. _wavelengths.Select(
            (wavelength, band) => (float)(0.5 / (scene.SignalToNoise * Sensitivity(wavelength, band, scene.Bands))))];
        _random = new CounterNoise(scene.Seed);
    }

    /// <inheritdoc/>
    public override string Name => "synthetic-hyperspectral";

    /// <inheritdoc/>
    public override int Height => _scene.Height;

    /// <inheritdoc/>
    public override int Width => _scene.Width;

    /// <inheritdoc/>
    public override int Bands => _scene.Bands;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Wavelengths => _wavelengths;

    /// <summary>The pure spectra, a reflectance a band, in the order of the labels.</summary>
    public IReadOnlyList<float[]> PureSpectra => [.. _endmembers.Select(spectrum => spectrum.ToArray())];

    /// <summary>The standard deviation of the noise in each band, in reflectance.</summary>
    public IReadOnlyList<float> Noise => [.. _noise];

    /// <summary>The labels of whole rows: the class that covers most of a pixel, 0 where that is too little.</summary>
    /// <param name="firstRow">The first, from 0.</param>
    /// <param name="rows">How many.</param>
    /// <param name="labels">rows x width.</param>
    /// <exception cref="ArgumentException">Rows that are not there, or a span of another length.</exception>
    public void ReadLabels(int firstRow, int rows, Span<byte> labels)
    {
        if (firstRow < 0 || rows < 1 || firstRow > Height - rows || labels.Length != rows * Width)
            throw new ArgumentException(
                $"{rows} rows from row {firstRow} of {Height} are {rows * Width} labels; the span has {labels.Length}.");
        Span<float> abundances = stackalloc float[_scene.Classes];
        for (int i = 0; i < labels.Length; i++)
        {
            Abundances(i % Width, firstRow + (i / Width), abundances);
            int most = 0;
            for (int k = 1; k < abundances.Length; k++)
            {
                if (abundances[k] > abundances[most]) most = k;
            }

            labels[i] = abundances[most] >= _scene.LeastPurity ? (byte)(most + 1) : (byte)0;
        }
    }

    /// <summary>The share of each class in a pixel, of sum 1.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="row">Its row.</param>
    /// <param name="abundances">One number a class.</param>
    /// <exception cref="ArgumentException">A span of another length.</exception>
    public void Abundances(int column, int row, Span<float> abundances)
    {
        if (abundances.Length != _scene.Classes)
            throw new ArgumentException($"{abundances.Length} abundances for {_scene.Classes} classes.", nameof(abundances));
        float most = 0, sum = 0;
        for (int k = 0; k < abundances.Length; k++)
        {
            abundances[k] = Sharpness * _random.Stream(k + 1).Fractal(column, row, (float)_scene.FieldSize, Octaves);
            most = MathF.Max(most, abundances[k]);
        }

        foreach (ref float share in abundances)
        {
            share = MathF.Exp(share - most);
            if (share < LeastShare) share = 0;
            sum += share;
        }

        foreach (ref float share in abundances) share /= sum;
    }

    private protected override void Fill(int firstRow, int rows, Span<float> samples)
    {
        Span<float> abundances = stackalloc float[_scene.Classes];
        CounterNoise spread = _random.Stream(201), light = _random.Stream(202), sensor = _random.Stream(203);
        for (int i = 0; i < rows * Width; i++)
        {
            int column = i % Width, row = firstRow + (i / Width);
            Span<float> spectrum = samples.Slice(i * Bands, Bands);
            spectrum.Clear();
            Abundances(column, row, abundances);
            float sun = 0.85f + (0.3f * light.Smooth(column, row, (float)(2 * _scene.FieldSize)));
            for (int k = 0; k < abundances.Length; k++)
            {
                if (abundances[k] == 0) continue;
                float own = 1 + (0.2f * (spread.Stream(k).Smooth(column, row, (float)(_scene.FieldSize / 4)) - 0.5f));
                Add(_endmembers[k], sun * own * abundances[k], spectrum);
            }

            int pixel = (row * Width) + column;
            for (int band = 0; band < spectrum.Length; band++) spectrum[band] += _noise[band] * sensor.Normal(pixel, band);
        }
    }

    private static void Add(ReadOnlySpan<float> endmember, float factor, Span<float> spectrum)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(spectrum);
        ReadOnlySpan<Vector<float>> parts = MemoryMarshal.Cast<float, Vector<float>>(endmember);
        for (int i = 0; i < sums.Length; i++) sums[i] += parts[i] * factor;
        for (int i = sums.Length * Vector<float>.Count; i < spectrum.Length; i++) spectrum[i] += endmember[i] * factor;
    }

    private static double Sensitivity(double wavelength, int band, int bands)
    {
        double fromMiddle = Math.Abs((2.0 * band / (bands - 1)) - 1);
        bool isWater = wavelength is (>= 1350 and <= 1430) or (>= 1800 and <= 1960);
        return isWater ? 0.05 : 1 - (0.8 * Math.Pow(fromMiddle, 3));
    }
}
