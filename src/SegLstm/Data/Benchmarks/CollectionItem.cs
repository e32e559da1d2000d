namespace SegLstm.Data.Benchmarks;

/// <summary>One image of a collection and, where it has them, its labels.</summary>
/// <param name="Name">A name that no other item has.</param>
/// <param name="ImagePath">The image file.</param>
/// <param name="LabelPath">The label file, or null.</param>
/// <param name="Split">What it is for.</param>
/// <param name="Domain">Such as "Urban"; empty where the collection has no domains.</param>
public sealed record CollectionItem(string Name, string ImagePath, string? LabelPath, Split Split, string Domain = "");
