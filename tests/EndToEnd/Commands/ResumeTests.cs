using SegLstm.Cli.Tests;

namespace SegLstm.Tests.EndToEnd.Commands;

public class ResumeTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    // Few of the kills that the command makes by itself: 100.
    [Fact]
    public void Training_killed_at_random_moments_and_resumed_leaves_the_files_of_a_run_that_never_stopped()
    {
        SeglstmProcess soak = SeglstmProcess.Run("soak", "kill", "--kills", "3", "--seed", "2");
        Assert.True(soak.ExitCode == 0, soak.Output + soak.Error);
        Assert.Matches("killed 3 times, [1-3] runs compared, 0 not the same to the bit", soak.Output);
    }

    [Fact]
    public void Resuming_goes_on_where_a_run_stopped_and_says_so()
    {
        string run = model.File("finished");
        Assert.Equal(0, model.Train(run, 6).ExitCode);
        SeglstmProcess again = model.Train(run, 6, "--resume");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains("going on at iteration 6", again.Output);
    }

    [Fact]
    public void A_run_goes_on_from_its_folder_alone_with_the_recipe_scene_and_threads_that_it_keeps()
    {
        string run = model.File("alone");
        Assert.Equal(0, model.Train(run, 6, "--ema", "0.9", "--lr", "2e-3", "--balance").ExitCode);
        string recipe = File.ReadAllText(Path.Combine(run, "recipe.yaml"));
        SeglstmProcess again = SeglstmProcess.Run("train", "--resume", run);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.StartsWith($"going on with seglstm_nano on scene: 6 steps of 4 crops of 16 x 16, adamw at 0.002, seed 0, into {run}\n",
            again.Output);
        Assert.Contains("with 1 thread,", again.Output);
        Assert.Contains("going on at iteration 6", again.Output);
        Assert.Contains("Training.Seed was 0 and is 7",
            SeglstmProcess.Run("train", "--resume", run, "--set", "training.seed=7").FailureLine());
        Assert.Equal(recipe, File.ReadAllText(Path.Combine(run, "recipe.yaml")));
        Assert.Contains("exclude each other", SeglstmProcess.Run("train", "--resume", run, "--out", run).FailureLine());
        File.Delete(Path.Combine(run, "recipe.yaml"));
        Assert.Contains("the folder keeps no recipe.yaml", SeglstmProcess.Run("train", "--resume", run).FailureLine());
    }

    [Fact]
    public void Resuming_with_other_options_or_without_a_run_is_refused_by_name()
    {
        string run = model.File("other");
        Assert.Equal(0, model.Train(run, 3).ExitCode);
        Assert.Contains("Training.LearningRate was", model.Train(run, 3, "--resume", "--lr", "1e-5").FailureLine());
        string missing = model.File("missing");
        SeglstmProcess without = model.Train(missing, 3, "--resume");
        Assert.NotEqual(0, without.ExitCode);
        Assert.Contains($"there is no run in {missing}", without.Error);
        Assert.False(Directory.Exists(missing));
    }
}
