using System.Security.Cryptography;
using SegLstm.Data;

namespace SegLstm.Tests.EndToEnd.Setup;

public sealed class CatalogTests
{
    public static TheoryData<string> Names => new(CatalogEntry.Names);
    public static TheoryData<string> NamesOfAll => new(CatalogEntry.NamesOfAll);

    [Fact]
    public void The_default_data_sets_are_in_the_catalog() =>
        Assert.Superset(new HashSet<string> { "cbers", "globe", "olinda", "statlog" }, CatalogEntry.Names.ToHashSet());

    [Theory, MemberData(nameof(NamesOfAll))]
    public void Installed_files_have_the_size_and_digest_of_the_catalog(string name)
    {
        var files = CatalogEntry.Read(name).Files;
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var content = File.OpenRead(Path.Combine(Repository.Data, name, file.Path));
            Assert.Equal(file.Bytes, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Fact]
    public void Web_libraries_and_words_say_what_they_are_and_come_from_one_npm_package_with_a_licence()
    {
        foreach (string name in CatalogEntry.WebLibraries.Concat(CatalogEntry.WordVectors))
        {
            var entry = CatalogEntry.Read(name);
            Assert.Equal(name, entry.Name);
            Assert.All([entry.Title, entry.About, entry.Licence, entry.Provenance], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Equal("npm", Assert.Single(entry.Sources).Client);
            Assert.All(entry.Files, file => Assert.Equal(entry.Sources[0].Package, file.Package));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Entries_say_what_the_data_is_and_where_it_comes_from(string name)
    {
        var entry = CatalogEntry.Read(name);

        Assert.Equal(name, entry.Name);
        Assert.All(
            [entry.Title, entry.About, entry.Sensor, entry.Resolution, entry.Size, entry.Projection, entry.Labels, entry.Licence, entry.Provenance],
            text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.All(entry.Sources, source => Assert.Contains(source.Client, new[] { "apt", "npm" }));
        Assert.All(entry.Files, file => Assert.Contains(file.Package, entry.Sources.Select(source => source.Package)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Classes_have_names_and_colours_of_their_own(string name)
    {
        var classes = CatalogEntry.Read(name).Classes;

        Assert.All(classes, entry => Assert.Matches("^#[0-9A-F]{6}$", entry.Color));
        Assert.Distinct(classes.Select(entry => entry.Name));
        Assert.Distinct(classes.Select(entry => entry.Color));
    }

    [Theory, MemberData(nameof(Names))]
    public void Classes_are_those_that_the_library_draws(string name)
    {
        using var scene = SceneCatalog.Load(name);

        Assert.Equal(
            CatalogEntry.Read(name).Classes.Select(entry => (entry.Name, entry.Color)),
            scene.Legend.Names.Zip(scene.Legend.Palette, (className, color) => (className, color.ToString())));
    }
}
