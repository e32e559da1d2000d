using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SegLstm.Tests.EndToEnd.Setup;

/// <summary>One file of data/catalog, data/web or data/words, read as YAML.</summary>
internal sealed class CatalogEntry
{
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public string About { get; set; } = "";
    public string Sensor { get; set; } = "";
    public string Resolution { get; set; } = "";
    public string Size { get; set; } = "";
    public string Projection { get; set; } = "";
    public string Labels { get; set; } = "";
    public string Licence { get; set; } = "";
    public string Provenance { get; set; } = "";
    public List<Class> Classes { get; set; } = [];
    public List<Source> Sources { get; set; } = [];
    public List<Installed> Files { get; set; } = [];

    /// <summary>The data sets.</summary>
    public static IEnumerable<string> Names => NamesIn("catalog");

    /// <summary>The scripts and fonts that pages of notebooks embed.</summary>
    public static IEnumerable<string> WebLibraries => NamesIn("web");

    /// <summary>Vectors of words.</summary>
    public static IEnumerable<string> WordVectors => NamesIn("words");

    /// <summary>All, in the order in which setup fetches them.</summary>
    public static IEnumerable<string> NamesOfAll => [.. Names, .. WebLibraries, .. WordVectors];

    // A key that this class does not know is an error: the catalog has no room for misspelt ones.
    public static CatalogEntry Read(string name) =>
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
            .Deserialize<CatalogEntry>(File.ReadAllText(
                Path.Combine(Repository.Root, "data", Folder(name), name + ".yaml")));

    private static string Folder(string name) => WebLibraries.Contains(name) ? "web" : WordVectors.Contains(name) ? "words" : "catalog";

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "data", folder), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    internal sealed class Class
    {
        public string Name { get; set; } = "";
        public string Color { get; set; } = "";
    }

    internal sealed class Source
    {
        public string Package { get; set; } = "";
        public string Client { get; set; } = "";
        public string Version { get; set; } = "";
    }

    internal sealed class Installed
    {
        public string Path { get; set; } = "";
        public long Bytes { get; set; }
        public string Sha256 { get; set; } = "";
        public string Package { get; set; } = "";
        public string Member { get; set; } = "";
        public string Unpack { get; set; } = "none";
    }
}
