namespace SegLstm.Tests.EndToEnd.Setup;

public sealed class SetupTests
{
    [Fact]
    public void A_second_setup_is_quick_and_asks_no_package_source_for_anything()
    {
        using var scratch = new Scratch();
        var first = Shell.Bash(new Dictionary<string, string>(), Repository.Script("setup.sh"));
        Assert.True(first.ExitCode == 0, first.All);

        var dotnet = Shell.Bash(new Dictionary<string, string>(), "-c", "command -v dotnet").Output.Trim();
        foreach (var client in new[] { "apt-get", "npm", "sudo" })
        {
            scratch.Program(client, $"echo \"{client} $*\" >>'{scratch["called"]}'; exit 1");
        }

        scratch.Program("dotnet", $"[ \"$1\" = --version ] && exec '{dotnet}' --version; echo \"dotnet $*\" >>'{scratch["called"]}'; exit 1");
        var second = Shell.Bash(new Dictionary<string, string> { ["PATH"] = scratch.SearchPath }, Repository.Script("setup.sh"));

        Assert.True(second.ExitCode == 0, second.All);
        Assert.False(File.Exists(scratch["called"]), File.Exists(scratch["called"]) ? File.ReadAllText(scratch["called"]) : "");
        Assert.InRange(second.Took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Without_an_sdk_setup_names_it_and_changes_nothing()
    {
        using var scratch = new Scratch();
        scratch.Program("dotnet", "echo 'No .NET SDKs were found.'; exit 145");

        var outcome = Shell.Bash(new Dictionary<string, string> { ["PATH"] = scratch.SearchPath }, Repository.Script("setup.sh"));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("No .NET SDKs were found.", outcome.Errors);
        Assert.Contains("Install the .NET 10 SDK", outcome.Errors);
        Assert.Equal("", outcome.Output);
    }

    [Fact]
    public void A_package_that_cannot_be_installed_is_named_with_the_command_that_mends_it()
    {
        using var scratch = new Scratch();
        scratch.Program("id", "echo 0");
        scratch.Program("dpkg", "exit 0");
        scratch.Program("dpkg-query", "/usr/bin/dpkg-query \"$@\" | grep -v cmake");
        scratch.Program("apt-get", "[ \"$1\" = update ] && exit 0; echo 'E: Unable to locate package cmake'; exit 100");

        var outcome = Shell.Bash(new Dictionary<string, string> { ["PATH"] = scratch.SearchPath }, Repository.Script("setup.sh"));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Unable to locate package cmake", outcome.Errors);
        Assert.Contains("Mend it with: apt-get install --no-install-recommends cmake", outcome.Errors);
    }

    [Fact]
    public void The_browser_and_the_public_suites_are_installed_where_tests_are_run_and_only_there()
    {
        Assert.DoesNotContain("chromium", Wanted());
        string forTests = Wanted("--tests");
        foreach (string package in new[] { "chromium", "chromium-driver", "python3-jupyter-kernel-test", "jupyter-notebook" })
        {
            Assert.Contains($" {package} ", forTests + " ");
        }

        static string Wanted(params string[] arguments)
        {
            using var scratch = new Scratch();
            scratch.Program("id", "echo 0");
            scratch.Program("dpkg", "exit 0");
            scratch.Program("dpkg-query", "exit 1");
            scratch.Program("apt-get", "[ \"$1\" = update ] && exit 0; echo 'nothing is served'; exit 100");
            var outcome = Shell.Bash(
                new Dictionary<string, string> { ["PATH"] = scratch.SearchPath }, [Repository.Script("setup.sh"), .. arguments]);
            Assert.Equal(1, outcome.ExitCode);
            return outcome.Errors.Split('\n').Single(line => line.Contains("Mend it with:"));
        }
    }

    [Fact]
    public void A_misspelt_option_of_setup_is_named_before_anything_happens()
    {
        var outcome = Shell.Bash(new Dictionary<string, string>(), Repository.Script("setup.sh"), "--test");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("setup: expected nothing or --tests, got: --test\n", outcome.Errors);
        Assert.Equal("", outcome.Output);
    }
}
