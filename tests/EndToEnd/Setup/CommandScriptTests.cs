namespace SegLstm.Tests.EndToEnd.Setup;

/// <summary>environment/seglstm in a small tree of its own, with a dotnet that notes its builds and echoes what it runs.</summary>
public sealed class CommandScriptTests : IDisposable
{
    private readonly Scratch _tree = new();

    public CommandScriptTests()
    {
        Directory.CreateDirectory(_tree["environment"]);
        Directory.CreateDirectory(_tree["elsewhere"]);
        File.Copy(Repository.Script("seglstm"), _tree["environment/seglstm"]);
        _tree.Write("src/SegLstm/Core.cs", "");
        _tree.Write("src/SegLstm/Extra.cs", "");
        _tree.Write("Directory.Build.props", "");
        _tree.Write("artifacts/native/libseglstm_torch.so", "");
        _tree.Write("data/catalog/olinda.yaml", "");
        _tree.Write("data/web/plotly.yaml", "");
        Dotnet("mkdir -p \"$(dirname \"$dll\")\"; touch \"$dll\"");
        foreach (var entry in new[] { "src", "data" }.SelectMany(
            folder => Directory.GetFileSystemEntries(_tree[folder], "*", SearchOption.AllDirectories).Append(_tree[folder])))
        {
            File.SetLastWriteTimeUtc(entry, DateTime.UtcNow.AddHours(-1));
        }
    }

    private int Builds => File.Exists(_tree["builds"]) ? File.ReadAllLines(_tree["builds"]).Length : 0;

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Arguments_working_directory_and_exit_code_pass_through_untouched()
    {
        var outcome = Seglstm("predict", "my scene.tif", "--out", "a*b");

        Assert.Equal($"{_tree["elsewhere"]}\npredict\nmy scene.tif\n--out\na*b\n", outcome.Output);
        Assert.Equal("", outcome.Errors);
        Assert.Equal(7, outcome.ExitCode);
    }

    [Fact]
    public void It_builds_once_and_again_only_where_a_source_changed()
    {
        Seglstm();
        Seglstm();
        Assert.Equal(1, Builds);

        _tree.Write("src/SegLstm/Core.cs", "changed");
        Seglstm();
        Seglstm();
        Assert.Equal(2, Builds);

        File.Delete(_tree["src/SegLstm/Extra.cs"]);
        Seglstm();
        Assert.Equal(3, Builds);

        _tree.Write("artifacts/native/libseglstm_torch.so", "rebuilt");
        Seglstm();
        Assert.Equal(4, Builds);

        _tree.Write("data/catalog/olinda.yaml", "changed");
        Seglstm();
        Assert.Equal(5, Builds);

        _tree.Write("artifacts/data/plotly/plotly.js", "fetched");
        Seglstm();
        Assert.Equal(6, Builds);
    }

    [Fact]
    public void A_relative_folder_of_data_is_the_callers_for_the_build_too()
    {
        Dotnet($"echo \"$SEGLSTM_DATA\" >'{_tree["data-folder"]}'; mkdir -p \"$(dirname \"$dll\")\"; touch \"$dll\"");
        Seglstm(new Dictionary<string, string> { ["SEGLSTM_DATA"] = "my data" });
        Assert.Equal(_tree["elsewhere/my data"] + "\n", File.ReadAllText(_tree["data-folder"]));
    }

    [Fact]
    public void A_build_that_fails_is_shown_and_is_tried_again()
    {
        Dotnet("echo 'Core.cs(1,1): error CS1002: ; expected'; exit 1");
        var outcome = Seglstm();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Contains("error CS1002", outcome.Errors);
        Seglstm();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public void On_a_machine_that_is_not_set_up_it_names_the_script_that_does_it()
    {
        File.Delete(_tree["artifacts/native/libseglstm_torch.so"]);
        var outcome = Seglstm();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"Run: bash '{_tree["environment/setup.sh"]}'", outcome.Errors);
        Assert.Equal(0, Builds);
    }

    private void Dotnet(string build) =>
        _tree.Program("dotnet", $"""
            dll='{_tree["artifacts/bin/SegLstm.Cli/release/SegLstm.Cli.dll"]}'
            if [ "$1" = build ]; then echo "$*" >>'{_tree["builds"]}'; {build}; exit; fi
            [ "$1" = "$dll" ] || exit 99
            printf '%s\n' "$PWD" "$@" | sed 2d
            exit 7
            """);

    private Outcome Seglstm(params string[] arguments) =>
        Seglstm(new Dictionary<string, string> { ["SEGLSTM_DATA"] = "" }, arguments);

    private Outcome Seglstm(Dictionary<string, string> variables, params string[] arguments) =>
        Shell.Run(
            _tree["elsewhere"],
            new Dictionary<string, string>(variables) { ["PATH"] = _tree.SearchPath },
            "bash",
            [_tree["environment/seglstm"], .. arguments]);
}
