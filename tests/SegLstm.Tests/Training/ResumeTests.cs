using SegLstm.Models;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class ResumeTests(UninterruptedRun whole) : IClassFixture<UninterruptedRun>
{
    public static TheoryData<int> Positions => [.. Enumerable.Range(1, ResumableRun.Batches - 1)];

    [Theory]
    [MemberData(nameof(Positions))]
    public void A_run_cut_off_behind_any_batch_and_resumed_ends_as_if_it_had_never_stopped(int batches)
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, batches);
        var observer = new Witness();
        ResumableRun.Resume(folder.Path, observer: observer).AssertSame(whole.Trace);
        Assert.Equal((batches / 2, batches % 2), (observer.Resume!.Iteration, observer.Resume.Batches));
        Assert.Empty(observer.Resume.Broken);
    }

    [Fact]
    public void A_run_cut_off_behind_every_batch_in_turn_ends_as_if_it_had_never_stopped()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 1);
        for (int batch = 2; batch < ResumableRun.Batches; batch++)
        {
            using RunFolder run = RunFolder.Resume(folder.Path);
            using Segmenter model = ResumableRun.OtherModel();
            Assert.Null(ResumableRun.Train(run, model, ResumableRun.Recipe, stopAfter: 1));
        }

        ResumableRun.Resume(folder.Path).AssertSame(whole.Trace);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(8, 2)]
    public void The_kernels_of_a_Seg_LSTM_resume_to_the_same_bits_with_one_thread_and_with_two(int batches, int threads)
    {
        TrainingOptions options = ResumableRun.Recipe with
        {
            EmaDecay = null, Schedule = new LearningRateSchedule { Iterations = 6, WarmupIterations = 2 }, SaveEvery = 6,
        };
        using TemporaryFolder uninterrupted = new(), resumed = new();
        using RunFolder one = new(uninterrupted.Path), begun = new(resumed.Path);
        using Segmenter model = Nano(1), same = Nano(1), other = Nano(2);
        RunTrace expected = RunTrace.Of(one, ResumableRun.Train(one, model, options, threads: threads)!, model);
        Assert.Null(ResumableRun.Train(begun, same, options, batches, threads: threads));
        begun.Dispose();
        using RunFolder goesOn = RunFolder.Resume(resumed.Path);
        RunTrace.Of(goesOn, ResumableRun.Train(goesOn, other, options, threads: threads)!, other).AssertSame(expected);

        static Segmenter Nano(long seed)
        {
            manual_seed(seed);
            return Catalog.Create("seglstm_nano", 3, 2, 16);
        }
    }

    [Fact]
    public void A_finished_run_resumes_to_its_result_without_a_step()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 3);
        ResumableRun.Resume(folder.Path);
        var observer = new Witness();
        ResumableRun.Resume(folder.Path, observer: observer).AssertSame(whole.Trace);
        Assert.Equal(0, observer.Steps);
    }

    [Fact]
    public void A_folder_without_a_state_yet_starts_at_the_first_iteration()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("metrics.jsonl"), "{\"kind\":\"step\",\"iteration\":0}\n{\"kind\":\"st");
        using RunFolder run = RunFolder.Resume(folder.Path);
        using Segmenter model = ResumableRun.Swin(1);
        RunTrace.Of(run, ResumableRun.Train(run, model, ResumableRun.Recipe)!, model).AssertSame(whole.Trace);
    }

    [Fact]
    public void What_a_batch_draws_does_not_depend_on_what_was_drawn_before()
    {
        using var folder = new TemporaryFolder();
        using var run = new RunFolder(folder.Path);
        using Segmenter model = ResumableRun.Swin(1);
        var observer = new Witness { OnStep = () => rand(1234).Dispose() };
        RunTrace.Of(run, ResumableRun.Train(run, model, ResumableRun.Recipe, observer: observer)!, model).AssertSame(whole.Trace);
    }

    [Fact]
    public void Other_settings_are_refused_and_all_that_differ_are_named()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 3);
        TrainingOptions other = ResumableRun.Recipe with
        {
            LearningRate = 1e-3, Schedule = ResumableRun.Recipe.Schedule with { Iterations = 13 }, EmaDecay = null,
        };
        string message = Assert.Throws<ArgumentException>(() => ResumableRun.Resume(folder.Path, other)).Message;
        Assert.Contains("Training.LearningRate was 0.002 and is 0.001", message);
        Assert.Contains("Training.Schedule.Iterations was 12 and is 13", message);
        Assert.Contains("Training.EmaDecay was 0.8 and is null", message);
        Assert.DoesNotContain("BatchSize", message);
        ResumableRun.Resume(folder.Path, ResumableRun.Recipe with { LogEvery = 1, SaveEvery = 5 });
    }

    [Fact]
    public void Another_model_is_refused_with_its_tensors_and_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        ResumableRun.CutOff(folder.Path, 3);
        using RunFolder run = RunFolder.Resume(folder.Path);
        using Segmenter nano = Catalog.Create("seglstm_nano", 3, 2, 16);
        using Tensor before = nano.parameters().First().detach().clone();
        string message = Assert.Throws<InvalidDataException>(
            () => ResumableRun.Train(run, nano, ResumableRun.Recipe)).Message;
        Assert.Contains("training state of another model", message);
        Assert.Contains("model.backbone", message);
        Assert.True(before.equal(nano.parameters().First()).all().item<bool>());
    }

    private sealed class Witness : ITrainingObserver
    {
        public ResumeReport? Resume { get; private set; }

        public int Steps { get; private set; }

        public Action? OnStep { get; init; }

        public void Resumed(ResumeReport resume) => Resume = resume;

        public void Stepped(StepReport step)
        {
            Steps++;
            OnStep?.Invoke();
        }
    }
}
