using SegLstm.Soak;
using SegLstm.Tests.Checkpoints;
using SegLstm.Tests.Training;
using SegLstm.Training;

namespace SegLstm.Tests.Soak;

public class ResumeSoakTests
{
    [Fact]
    public void Trainings_stopped_at_places_that_are_drawn_end_in_the_same_bits_and_each_is_told()
    {
        var told = new List<int>();
        bool isLong = Environment.GetEnvironmentVariable("SEGLSTM_SOAK") == "1";
        int positions = isLong ? 20 : 2;
        CutReport report = ResumeSoak.Run(positions, seed: 5, told.Add);
        Assert.Empty(report.Failures);
        Assert.Equal((positions, positions), (report.Cuts, report.Runs));
        Assert.Equal(Enumerable.Range(1, positions), told);
    }

    [Fact]
    public void One_bit_of_a_weight_one_of_the_optimizer_and_a_line_of_the_metrics_are_seen()
    {
        using TemporaryFolder one = new(), other = new();
        foreach (TemporaryFolder folder in new[] { one, other })
        {
            using var run = new RunFolder(folder.Path);
            using var model = ResumableRun.Swin(1);
            ResumableRun.Train(run, model, ResumableRun.Recipe);
        }

        Assert.Empty(RunFiles.Differences(one.Path, other.Path));
        foreach (string name in new[] { "last.safetensors", $"state-{ResumableRun.Batches:00000000}.safetensors" })
        {
            byte[] bytes = File.ReadAllBytes(other.File(name));
            bytes[^1] ^= 1;
            File.WriteAllBytes(other.File(name), bytes);
            Assert.Equal([name], RunFiles.Differences(one.Path, other.Path));
            bytes[^1] ^= 1;
            File.WriteAllBytes(other.File(name), bytes);
        }

        File.AppendAllText(other.File("metrics.jsonl"), "{\"kind\":\"step\"}\n");
        File.WriteAllText(other.File(".state.tmp.safetensors"), "");
        Assert.Equal(["metrics.jsonl", ".state.tmp.safetensors is left over"], RunFiles.Differences(one.Path, other.Path));
    }
}
