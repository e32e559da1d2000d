using SegLstm.Data;

namespace SegLstm.Cli.Datasets;

/// <summary>One file of the dataset catalog.</summary>
internal sealed class DatasetEntry
{
    public string Name { get; set; } = "";

    public string Title { get; set; } = "";

    public string About { get; set; } = "";

    public string Sensor { get; set; } = "";

    public string Resolution { get; set; } = "";

    public string Size { get; set; } = "";

    public string Projection { get; set; } = "";

    public string Labels { get; set; } = "";

    public List<DatasetClass> Classes { get; set; } = [];

    public string Licence { get; set; } = "";

    public List<DatasetFile> Files { get; set; } = [];

    public string Provenance { get; set; } = "";

    /// <summary>Folder where setup puts the files.</summary>
    public string Folder => Path.Combine(InstalledData.Root, Name);

    /// <summary>Files that are not there, or not of the stated size.</summary>
    public IEnumerable<DatasetFile> Missing =>
        Files.Where(file => new FileInfo(Path.Combine(Folder, file.Path)) is not { Exists: true } found
        || found.Length != file.Bytes);
}
