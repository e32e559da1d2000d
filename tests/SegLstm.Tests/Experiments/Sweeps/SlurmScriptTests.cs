using System.Diagnostics;
using SegLstm.Experiments.Sweeps;
using SegLstm.Tests.Checkpoints;

namespace SegLstm.Tests.Experiments.Sweeps;

public sealed class SlurmScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_script_asks_for_what_was_asked_for_and_has_an_element_for_each_run()
    {
        string script = File.ReadAllText(Write(new SlurmScript
        {
            Cpus = 4, Memory = "8G", Time = "1-02:00:00", Partition = "cpu,long", Jobs = 3,
        }));
        foreach (string option in new[]
        {
            "array=0-3%3", "cpus-per-task=4", "mem=8G", "time=1-02:00:00", "partition=cpu,long", "job-name=my-sweep", "ntasks=1",
        })
        {
            Assert.Contains($"\n#SBATCH --{option}\n", script);
        }

        Assert.DoesNotContain("--mem=", File.ReadAllText(Write(new SlurmScript())));
        Assert.Equal(4, File.ReadAllLines(folder.File("out put's/runs.txt")).Length);
    }

    // Slurm gives each element its index; the words that the script starts seglstm with are printed here instead.
    [Theory]
    [InlineData("0", "overlap=0/seed-0")]
    [InlineData("3", "overlap=4/seed-1")]
    public void Element_i_makes_run_i_whatever_is_in_the_paths(string index, string name)
    {
        string printed = Bash(Write(new SlurmScript { Cpus = 4 }), index, out int code);
        Assert.Equal(0, code);
        Assert.Equal(
            ["it's", "sweep", folder.File("my sweep.yaml"), "--out", folder.File("out put's"), "--only", name, "--threads", "4"],
            printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_index_without_a_run_fails()
    {
        Bash(Write(new SlurmScript()), "4", out int code);
        Assert.Equal(1, code);
    }

    [Fact]
    public void Values_that_would_become_lines_or_commands_of_the_script_are_refused_all_at_once()
    {
        string message = Assert.Throws<ArgumentException>(
            () => Write(new SlurmScript { Cpus = 0, Memory = "4G\n#SBATCH --x", Partition = "$(id)" })).Message;
        Assert.Contains("Cpus is 0", message);
        Assert.Contains("Memory is", message);
        Assert.Contains("Partition is '$(id)'", message);
    }

    public void Dispose() => folder.Dispose();

    private static string Bash(string script, string index, out int code)
    {
        var start = new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_ARRAY_TASK_ID"] = index;
        start.Environment.Remove("SLURM_CPUS_PER_TASK");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        code = process.ExitCode;
        return output;
    }

    private string Write(SlurmScript slurm)
    {
        string file = folder.File("my sweep.yaml");
        File.WriteAllText(file, "preset: olinda\naxes: [{path: overlap, values: [0, 4]}]\nseeds: [0, 1]\n");
        Sweep sweep = Sweep.Load(file);
        return slurm.Write(new SweepFolder(folder.File("out put's"), sweep), sweep.Runs, ["printf", "%s\\n", "it's"]);
    }
}
