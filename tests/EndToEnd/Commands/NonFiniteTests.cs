using SegLstm.Cli.Tests;

namespace SegLstm.Tests.EndToEnd.Commands;

public class NonFiniteTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_training_that_overflows_says_where_and_replays_to_the_same_value()
    {
        string run = model.File("overflow");
        string failure = model.Train(run, 40, "--lr", "1e30", "--clip", "0", "--warmup", "0").FailureLine();
        Assert.Contains("the first layer with an output that is not is", failure);
        string bundle = Path.Combine(run, "non-finite");
        Assert.Contains($"seglstm train --replay {bundle}", failure);
        SeglstmProcess replay = SeglstmProcess.Run("train", "--replay", bundle);
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
        string[] lines = replay.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines[0]["seen:".Length..].Trim(), lines[1]["again:".Length..].Trim());
        Assert.Contains("holds no whole bundle", SeglstmProcess.Run("train", "--replay", model.Folder).FailureLine());
    }
}
