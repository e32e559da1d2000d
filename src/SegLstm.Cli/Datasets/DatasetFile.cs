namespace SegLstm.Cli.Datasets;

/// <summary>A file of a dataset: its name in the dataset's folder, its size, and the package it is from.</summary>
internal sealed class DatasetFile
{
    public string Path { get; set; } = "";

    public long Bytes { get; set; }

    public string Package { get; set; } = "";
}
