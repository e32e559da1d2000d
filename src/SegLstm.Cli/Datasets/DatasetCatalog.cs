using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SegLstm.Cli.Datasets;

/// <summary>
/// The catalog of datasets that lies beside the command: one YAML file each, the source of setup's downloads too.
/// </summary>
internal static class DatasetCatalog
{
    /// <summary>All entries, by name.</summary>
    /// <exception cref="InvalidDataException">A file of the catalog cannot be read.</exception>
    public static IReadOnlyList<DatasetEntry> Read()
    {
        IDeserializer yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance)
            .IgnoreUnmatchedProperties().Build();
        return [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "catalog"), "*.yaml")
            .Order(StringComparer.Ordinal).Select(path => Read(yaml, path))];
    }

    private static DatasetEntry Read(IDeserializer yaml, string path)
    {
        try
        {
            return yaml.Deserialize<DatasetEntry>(File.ReadAllText(path));
        }
        catch (YamlException fault)
        {
            throw new InvalidDataException($"The catalog file {path} cannot be read, {fault.Start}: {fault.Message}", fault);
        }
    }
}
