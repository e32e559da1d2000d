using System.Diagnostics;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Data.Synthetic;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>
/// Kills a training in a process of its own at moments that are drawn (kill -9: in its start, a step, a validation, a save),
/// resumes it, kills it again, and compares what it leaves in the end with a training that never stopped. Of a training in several
/// processes one is killed, or the one that started them, and the others have to end by themselves in time.
/// </summary>
/// <param name="start">How to start `seglstm` with arguments that follow those given.</param>
/// <param name="seed">Draws the moments.</param>
/// <param name="processes">Processes that train together.</param>
public sealed class KillSoak(ProcessStartInfo start, int seed, int processes = 1)
{
    private const int Side = 64, Iterations = 120;

    // How long others may take to end where one is killed.
    private static readonly TimeSpan MostLeft = TimeSpan.FromSeconds(30);

    private readonly List<CutFailure> _failures = [];

    /// <summary>Runs.</summary>
    /// <param name="kills">How often a process is killed.</param>
    /// <param name="progress">Told how many were.</param>
    /// <param name="cancellation">Ends early; what is done is reported.</param>
    /// <exception cref="InvalidOperationException">The training that is not killed fails, or a process hangs.</exception>
    public CutReport Run(int kills, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        string folder = Directory.CreateTempSubdirectory("seglstm-soak-kill-").FullName;
        try
        {
            WriteScene(folder);
            var runs = new KilledRuns(start, folder, seed)
            {
                Arguments = Arguments,
                Kept = run => Length(Path.Combine(run, "metrics.jsonl")),
                Differences = RunFiles.Differences,
                Kill = processes == 1 ? (process, _) => process.Kill() : KillOne,
            };
            CutReport report = runs.Run(kills, progress, cancellation);
            return report with { Failures = [.. report.Failures, .. _failures] };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string[] Arguments(string run) =>
    [
        "train", "--image", "scene.tif", "--labels", "labels.tif", "--out", run, "--iterations", $"{Iterations}",
        "--batch", "2", "--accumulate", "2", "--ema", "0.9", "--size", "16", "--block", "12", "--validate-every", "7", "--save-every", "2",
        "--threads", "1", "--set", "training.log_every=1", .. Directory.Exists(run) ? ["--resume"] : Array.Empty<string>(),
        .. processes > 1 ? ["--processes", $"{processes}"] : Array.Empty<string>(),
    ];

    private void KillOne(Process launcher, Random random)
    {
        int[] ranks = ChildProcesses.Of(launcher.Id);
        int drawn = random.Next(-1, ranks.Length);
        ChildProcesses.Kill(drawn < 0 ? launcher.Id : ranks[drawn]);
        var clock = Stopwatch.StartNew();
        int[] all = [launcher.Id, .. ranks];
        while (all.Any(ChildProcesses.IsAlive) && clock.Elapsed < MostLeft) Thread.Sleep(20);
        int[] left = [.. all.Where(ChildProcesses.IsAlive)];
        if (left.Length == 0) return;
        string victim = drawn < 0 ? "the process that started the ranks" : $"rank {drawn}";
        _failures.Add(new($"{victim} was killed", $"{left.Length} processes were there {MostLeft.TotalSeconds} s later, whose ends"));
        foreach (int process in left) ChildProcesses.Kill(process);
    }

    private void WriteScene(string folder)
    {
        using Scene scene = SyntheticScene.Generate(Side, Side, SceneDomain.Urban, seed);
        using Tensor image = scene.Image.clamp(0, 255).to(ScalarType.Byte), label = scene.Label!.to(ScalarType.Byte);
        RasterWriter.WriteGeoTiff(Path.Combine(folder, "scene.tif"),
            new RasterSpec { Width = Side, Height = Side, Bands = scene.Bands }, image);
        RasterWriter.WriteGeoTiff(Path.Combine(folder, "labels.tif"),
            new RasterSpec { Width = Side, Height = Side, CategoryNames = scene.Legend.Names }, label);
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;
}
