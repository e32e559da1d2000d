namespace SegLstm.Data.Benchmarks;

/// <summary>How a collection is read, where its publishers leave a choice. What a collection has no such choice for is refused.</summary>
public sealed record CollectionOptions
{
    /// <summary>LoveDA: "Urban" or "Rural" for one domain, null for both.</summary>
    public string? Domain { get; init; }

    /// <summary>ISPRS: whether to take the labels whose borders of objects are black and ignored ("noBoundary").</summary>
    public bool ErodedBorders { get; init; }

    /// <summary>ISPRS: which number each class has.</summary>
    public ClassOrder Order { get; init; }

    /// <summary>Potsdam: which folder of images to take, such as "2_Ortho_RGB"; null takes the first of those that are there.</summary>
    public string? Images { get; init; }

    /// <summary>The classes, colours and splits of a collection of your own ("folders"); null elsewhere.</summary>
    public FolderLayout? Folders { get; init; }
}
