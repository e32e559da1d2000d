namespace SegLstm.Data.Hyperspectral.Catalog;

/// <summary>
/// What is known of a benchmark scene. None can be downloaded by a program; a user names the folder that holds the files.
/// </summary>
public sealed record SceneEntry
{
    /// <summary>The name that commands take.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, and what took it.</summary>
    public required string Title { get; init; }

    /// <summary>Rows, columns and bands of the usual file.</summary>
    public required (int Height, int Width, int Bands) Size { get; init; }

    /// <summary>Layers behind the bands that are no spectra; they are left out where the file has them.</summary>
    public int OtherLayers { get; init; }

    /// <summary>The class names in label order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The samples.</summary>
    public required SceneFile Cube { get; init; }

    /// <summary>The labels; null where they come as two files.</summary>
    public SceneFile? Labels { get; init; }

    /// <summary>The labels to learn from and those to score on, of scenes with a published split.</summary>
    public (SceneFile Train, SceneFile Test)? Split { get; init; }

    /// <summary>The centres of the first and the last band in nanometres, evenly spaced between; null where bands were taken out or nothing is known.</summary>
    public (double First, double Last)? Wavelengths { get; init; }

    /// <summary>Bands, from 0, that show as red, green and blue; null to choose by wavelength.</summary>
    public int[]? DisplayBands { get; init; }

    /// <summary>Pixels of each class in the usual labels, where they are known: a check that classes are not swapped.</summary>
    public IReadOnlyList<int> ClassPixels { get; init; } = [];

    /// <summary>Pixels of each class in the published split, where they are known.</summary>
    public (IReadOnlyList<int> Train, IReadOnlyList<int> Test)? SplitPixels { get; init; }

    /// <summary>Whose it is and under which terms.</summary>
    public required string Terms { get; init; }

    /// <summary>Where to ask for it.</summary>
    public required string Source { get; init; }

    /// <summary>What of this entry was not checked against a file or a publication.</summary>
    public string Unverified { get; init; } = "";
}
