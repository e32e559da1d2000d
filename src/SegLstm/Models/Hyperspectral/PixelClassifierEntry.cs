namespace SegLstm.Models.Hyperspectral;

/// <summary>A classifier of hyperspectral pixels that can be made by name.</summary>
/// <param name="Name">Its name, such as <c>spectralmamba_patch</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Window">Side of the window that it reads; 1: the pixel alone.</param>
/// <param name="Published">What SpectralMamba's table gives of it for Botswana (145 bands, 14 classes); null: no number is
/// known.</param>
/// <param name="Make">Makes it for bands, classes and window.</param>
public sealed record PixelClassifierEntry(
    string Name, string Description, int Window, PublishedRow? Published, Func<SpectralInput, PixelClassifier> Make)
{
    /// <summary>Makes it with fresh parameters.</summary>
    /// <param name="bands">Bands of a spectrum.</param>
    /// <param name="classes">Classes to tell apart.</param>
    public PixelClassifier Create(int bands, int classes) => Make(new SpectralInput(bands, classes, Window));
}
