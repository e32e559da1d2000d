namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>The rows of a scene in memory.</summary>
/// <param name="scene">The scene.</param>
public sealed class SceneRows(HyperspectralScene scene) : HyperspectralRows
{
    /// <inheritdoc/>
    public override string Name => scene.Name;

    /// <inheritdoc/>
    public override int Height => scene.Height;

    /// <inheritdoc/>
    public override int Width => scene.Width;

    /// <inheritdoc/>
    public override int Bands => scene.Bands;

    /// <inheritdoc/>
    public override IReadOnlyList<double>? Wavelengths => scene.Wavelengths;

    private protected override void Fill(int firstRow, int rows, Span<float> samples) =>
        scene.Samples.AsSpan(firstRow * Width * Bands, samples.Length).CopyTo(samples);
}
