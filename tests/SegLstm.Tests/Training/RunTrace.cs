using SegLstm.Models;
using SegLstm.Training;

namespace SegLstm.Tests.Training;

/// <summary>Everything that a finished run leaves, to be compared to the last bit.</summary>
internal sealed record RunTrace(
    byte[] State, byte[] Last, byte[] Best, string[] Metrics, double[] Losses, long[][,] Validations, bool[] Bests, byte[] Model)
{
    public static RunTrace Of(RunFolder run, TrainingResult result, Segmenter model) => new(
        File.ReadAllBytes(Directory.EnumerateFiles(run.Path, "state-*").Order(StringComparer.Ordinal).Last()),
        File.ReadAllBytes(run.LastCheckpoint), File.ReadAllBytes(run.BestCheckpoint), ResumableRun.Metrics(run),
        [.. result.Losses], [.. result.Validations.Select(v => v.Matrix.ToArray())],
        [.. result.Validations.Select(v => v.IsBest)],
        [.. model.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.detach().contiguous().bytes.ToArray())]);

    /// <summary>A state has weights, moments, step counts, averages, losses and validations: its bytes are all of them.</summary>
    public void AssertSame(RunTrace other)
    {
        Assert.Equal(Losses, other.Losses);
        Assert.Equal(Validations, other.Validations);
        Assert.Equal(Bests, other.Bests);
        Assert.Equal(Metrics, other.Metrics);
        Assert.True(Model.AsSpan().SequenceEqual(other.Model), "weights differ");
        Assert.True(State.AsSpan().SequenceEqual(other.State), "states differ");
        Assert.True(Last.AsSpan().SequenceEqual(other.Last), "last checkpoints differ");
        Assert.True(Best.AsSpan().SequenceEqual(other.Best), "best checkpoints differ");
    }
}
