using SegLstm.Experiments;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class RunFolderTests
{
    [Fact]
    public void Rewinding_keeps_whole_lines_of_earlier_iterations_and_what_follows_is_appended()
    {
        using var folder = new TemporaryFolder();
        using (var run = new RunFolder(folder.Path))
        {
            for (int i = 0; i < 5; i++) run.Append(new { Kind = "step", Iteration = i });
            run.Append(new { Kind = "test" });
        }

        File.AppendAllText(folder.File("metrics.jsonl"), "{\"kind\":\"step\",\"iter");
        using (RunFolder run = RunFolder.Resume(folder.Path))
        {
            run.Rewind(3);
            run.Append(new { Kind = "step", Iteration = 3, Again = true });
        }

        Assert.Equal(
            ["{\"kind\":\"step\",\"iteration\":0}", "{\"kind\":\"step\",\"iteration\":1}", "{\"kind\":\"step\",\"iteration\":2}",
                "{\"kind\":\"step\",\"iteration\":3,\"again\":true}"],
            File.ReadAllLines(folder.File("metrics.jsonl")));
    }

    [Fact]
    public void A_mark_of_the_end_is_taken_back_when_the_run_goes_on()
    {
        using var folder = new TemporaryFolder();
        using (var run = new RunFolder(folder.Path))
        {
            run.Append(new { Kind = "step", Iteration = 0 });
            run.End(RunEnd.Stopped, "cancelled before iteration 1");
        }

        Assert.EndsWith("{\"kind\":\"end\",\"how\":\"stopped\",\"reason\":\"cancelled before iteration 1\"}\n",
            File.ReadAllText(folder.File("metrics.jsonl")));
        using (RunFolder run = RunFolder.Resume(folder.Path)) run.Rewind(1);
        Assert.Equal("{\"kind\":\"step\",\"iteration\":0}\n", File.ReadAllText(folder.File("metrics.jsonl")));
    }

    [Fact]
    public void Who_writes_a_folder_is_told_for_as_long_as_it_is_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(RunFolder.Writer(folder.Path));
        using (new RunFolder(folder.Path))
        {
            Assert.StartsWith($"process {Environment.ProcessId} on {Environment.MachineName}", RunFolder.Writer(folder.Path));
        }

        Assert.Null(RunFolder.Writer(folder.Path));
    }

    [Fact]
    public void What_an_older_run_kept_beside_its_files_is_gone_when_another_begins_and_stays_when_it_goes_on()
    {
        using var folder = new TemporaryFolder();
        string[] kept = [SceneRecipe.FileName, SceneSource.FileName, "events.out.tfevents.1700000000.seglstm"];
        foreach (string name in kept.Append("mine.txt")) File.WriteAllText(folder.File(name), "");
        RunFolder.Resume(folder.Path).Dispose();
        Assert.All(kept, name => Assert.True(File.Exists(folder.File(name)), name));
        new RunFolder(folder.Path).Dispose();
        Assert.All(kept, name => Assert.False(File.Exists(folder.File(name)), name));
        Assert.True(File.Exists(folder.File("mine.txt")));
    }

    [Fact]
    public void A_line_half_written_is_removed_though_its_iteration_stays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("metrics.jsonl"), "{\"iteration\":0}\n{\"iteration\":1}");
        using (RunFolder run = RunFolder.Resume(folder.Path)) run.Rewind(9);
        Assert.Equal("{\"iteration\":0}\n", File.ReadAllText(folder.File("metrics.jsonl")));
    }

    [Fact]
    public void Resuming_keeps_the_metrics_and_a_new_run_begins_without_them()
    {
        using var folder = new TemporaryFolder();
        using (var run = new RunFolder(folder.Path)) run.Append(new { Iteration = 0 });
        using (RunFolder run = RunFolder.Resume(folder.Path)) Assert.True(run.Resumes);
        Assert.NotEmpty(File.ReadAllText(folder.File("metrics.jsonl")));
        using (var run = new RunFolder(folder.Path)) Assert.False(run.Resumes);
        Assert.Empty(File.ReadAllText(folder.File("metrics.jsonl")));
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_resumed()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("no-run");
        Assert.Contains(missing, Assert.Throws<DirectoryNotFoundException>(() => RunFolder.Resume(missing)).Message);
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public void A_second_writer_is_refused_with_who_the_first_is_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        run.Append(new { Kind = "step", Iteration = 0 });
        File.WriteAllText(folder.File("state-00000001.safetensors"), "a state");
        string holder = $"process {Environment.ProcessId} on {Environment.MachineName}";
        Assert.Contains(holder, Assert.Throws<IOException>(() => new RunFolder(folder.Path)).Message);
        Assert.Contains(holder, Assert.Throws<IOException>(() => RunFolder.Resume(folder.Path)).Message);
        Assert.Contains("which is this one: dispose the RunFolder",
            Assert.Throws<IOException>(() => RunFolder.Resume(folder.Path)).Message);
        Assert.True(File.Exists(folder.File("state-00000001.safetensors")));
        Assert.Contains("step", File.ReadAllText(folder.File("metrics.jsonl")));
        run.Dispose();
        new RunFolder(folder.Path).Dispose();
    }
}
