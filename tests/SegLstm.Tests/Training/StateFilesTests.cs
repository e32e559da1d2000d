using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;

namespace SegLstm.Tests.Training;

public class StateFilesTests(UninterruptedRun whole) : IClassFixture<UninterruptedRun>
{
    private static readonly TrainingOptions Often = ResumableRun.Recipe with { SaveEvery = 2 };

    [Fact]
    public void The_newest_two_states_are_kept_and_nothing_unfinished()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 11, Often);
        Assert.Equal(["state-00000008.safetensors", "state-00000011.safetensors"], States(folder));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
    }

    [Theory]
    [InlineData(1, new[] { "state-00000011.safetensors" })]
    [InlineData(3, new[] { "state-00000004.safetensors", "state-00000008.safetensors", "state-00000011.safetensors" })]
    public void As_many_states_are_kept_as_the_recipe_says(int keep, string[] states)
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 11, Often with { KeepCheckpoints = keep });
        Assert.Equal(states, States(folder));
        ResumableRun.Resume(folder.Path, Often with { KeepCheckpoints = 2 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(2000)]
    [InlineData(-1)]
    public void A_newest_state_that_is_cut_off_is_passed_over_with_a_message(int length)
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 11, Often);
        string newest = folder.File("state-00000011.safetensors");
        using (FileStream stream = File.OpenWrite(newest)) stream.SetLength(length < 0 ? stream.Length + length : length);
        FallsBack(folder, newest);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.999)]
    public void A_newest_state_with_one_flipped_bit_is_passed_over_with_a_message(double place)
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 11, Often);
        string newest = folder.File("state-00000011.safetensors");
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[(int)(place * bytes.Length)] ^= 1;
        File.WriteAllBytes(newest, bytes);
        FallsBack(folder, newest);
    }

    [Fact]
    public void Without_a_whole_state_the_run_does_not_start_over_silently()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 11, Often);
        foreach (string state in States(folder)) File.WriteAllBytes(folder.File(state), [1, 2, 3]);
        string message = Assert.Throws<InvalidDataException>(() => ResumableRun.Resume(folder.Path, Often)).Message;
        Assert.All(States(folder), state => Assert.Contains(state, message));
    }

    [Fact]
    public void A_new_run_in_the_folder_of_another_removes_its_states_and_what_a_killed_process_left()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 3);
        File.WriteAllText(folder.File($".state-00000004.{Guid.NewGuid():N}.tmp.safetensors"), "half");
        using (new RunFolder(folder.Path))
        {
        }

        Assert.Empty(States(folder));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
    }

    [Fact]
    public void A_disk_without_room_ends_the_run_with_the_reason_and_leaves_the_state_before_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "file size limits are set through Linux's own calls");
        using var folder = new TemporaryFolder();
        FileSizeLimit? limit = null;
        IOException error;
        try
        {
            var observer = new Hook { OnStep = step => { if (step.Iteration == 4) limit = new FileSizeLimit(20_000); } };
            error = Assert.Throws<IOException>(() => Begin(folder.Path, observer));
        }
        finally
        {
            limit?.Dispose();
        }

        Assert.Contains("could not be saved", error.Message);
        Assert.Contains("state-00000008.safetensors is whole", error.Message);
        Assert.Equal(["state-00000004.safetensors", "state-00000008.safetensors"], States(folder));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
        ResumableRun.Resume(folder.Path).AssertSame(whole.Trace);
    }

    [Fact]
    public void A_folder_that_becomes_read_only_ends_the_run_with_the_reason_and_leaves_the_state_before_whole()
    {
        using var folder = new TemporaryFolder();
        var observer = new Hook { OnStep = step => { if (step.Iteration == 4) Lock(folder.Path, true); } };
        IOException error;
        try
        {
            Lock(folder.Path, true);
            Assert.SkipWhen(CanWrite(folder), "the user of this test may write to read-only folders");
            Lock(folder.Path, false);
            error = Assert.Throws<IOException>(() => Begin(folder.Path, observer));
        }
        finally
        {
            Lock(folder.Path, false);
        }

        Assert.Contains("state-00000008.safetensors is whole", error.Message);
        ResumableRun.Resume(folder.Path).AssertSame(whole.Trace);
    }

    [Fact]
    public void A_folder_that_vanishes_ends_the_run_with_its_name()
    {
        using var folder = new TemporaryFolder();
        string run = folder.File("run"), moved = folder.File("moved");
        var observer = new Hook { OnStep = step => { if (step.Iteration == 4) Directory.Move(run, moved); } };
        string message = Assert.Throws<IOException>(() => Begin(run, observer)).Message;
        Assert.Contains($"the folder {run} does not exist", message);
        ResumableRun.Resume(moved).AssertSame(whole.Trace);
    }

    private static void Begin(string folder, ITrainingObserver observer)
    {
        using var run = new RunFolder(folder);
        using Segmenter model = ResumableRun.Swin(1);
        ResumableRun.Train(run, model, Often, observer: observer);
    }

    private void FallsBack(TemporaryFolder folder, string broken)
    {
        var observer = new Hook();
        ResumableRun.Resume(folder.Path, observer: observer).AssertSame(whole.Trace);
        Assert.Equal((4, 0), (observer.Resume!.Iteration, observer.Resume.Batches));
        Assert.Contains(broken, Assert.Single(observer.Resume.Broken));
        Assert.Contains("passed over a broken training state", observer.Resume.ToString());
        Assert.Contains("\"kind\":\"resumed\",\"iteration\":4", File.ReadAllText(folder.File("metrics.jsonl")));
        Assert.DoesNotContain(Path.GetFileName(broken), States(folder));
        Assert.True(File.Exists(folder.File("broken-00000011.safetensors")));
    }

    private static string[] States(TemporaryFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.Path, "state-*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    private static void Lock(string folder, bool locked)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        File.SetUnixFileMode(folder, locked ? Read : Read | UnixFileMode.UserWrite);
    }

    private static bool CanWrite(TemporaryFolder folder)
    {
        try
        {
            File.WriteAllText(folder.File("probe"), "");
            File.Delete(folder.File("probe"));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class Hook : ITrainingObserver
    {
        public Action<StepReport>? OnStep { get; init; }

        public ResumeReport? Resume { get; private set; }

        public void Resumed(ResumeReport resume) => Resume = resume;

        public void Stepped(StepReport step) => OnStep?.Invoke(step);
    }
}
