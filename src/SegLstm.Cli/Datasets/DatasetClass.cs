namespace SegLstm.Cli.Datasets;

/// <summary>A class of a dataset: its name, and its colour as "#RRGGBB".</summary>
internal sealed class DatasetClass
{
    public string Name { get; set; } = "";

    public string Color { get; set; } = "";
}
