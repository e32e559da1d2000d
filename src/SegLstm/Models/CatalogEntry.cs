namespace SegLstm.Models;

/// <summary>A model that can be made by name.</summary>
/// <param name="Name">Name in the catalog, such as <c>seglstm_upernet</c>.</param>
/// <param name="Description">One line: backbone, width, decoder.</param>
/// <param name="Paper">Where it is from.</param>
/// <param name="ImageSize">Side of the training crop that the model is meant for, in pixels.</param>
/// <param name="Create">Makes it for a number of classes, bands and a crop side.</param>
/// <param name="CreateTiny">Makes it from the same classes with a few hundred or thousand parameters, for 3 bands and 3 classes:
/// small enough to compare its gradients with differences in double precision.</param>
public sealed record CatalogEntry(
    string Name, string Description, string Paper, int ImageSize, Func<int, int, int, Segmenter> Create,
    Func<Segmenter> CreateTiny);
