namespace SegLstm.Models;

/// <summary>A model that can be made by name.</summary>
/// <param name="Name">Name in the catalog, such as <c>seglstm_upernet</c>.</param>
/// <param name="Description">One line: backbone, width, decoder.</param>
/// <param name="Paper">Where it is from.</param>
/// <param name="ImageSize">Side of the training crop that the model is meant for, in pixels.</param>
/// <param name="Create">Makes it for a number of classes, bands and a crop side.</param>
public sealed record CatalogEntry(
    string Name, string Description, string Paper, int ImageSize, Func<int, int, int, Segmenter> Create);
