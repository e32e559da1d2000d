using System.Diagnostics;
using System.Globalization;
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
    private const int Side = 64, Iterations = 120, MostLines = 6;

    // A line takes a tenth of a second; on a machine that has other work, minutes were seen.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(10);

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
        ArgumentOutOfRangeException.ThrowIfLessThan(kills, 1);
        string folder = Directory.CreateTempSubdirectory("seglstm-soak-kill-").FullName;
        try
        {
            WriteScene(folder);
            string whole = Path.Combine(folder, "whole"), run = Path.Combine(folder, "run-0");
            Finish(folder, whole);
            var random = new Random(seed);
            int killed = 0, runs = 0, since = 0;
            while (killed < kills && !cancellation.IsCancellationRequested)
            {
                if (Kill(folder, run, random))
                {
                    since++;
                    progress?.Invoke(++killed);
                    continue;
                }

                // It was quicker: a run ends, and the next one begins.
                Compare($"run {runs}, killed {since} times");
                (runs, since) = (runs + 1, 0);
                run = Path.Combine(folder, $"run-{runs}");
            }

            if (since > 0)
            {
                Compare($"run {runs}, killed {since} times");
                runs++;
            }

            return new CutReport(killed, runs, _failures);

            void Compare(string where)
            {
                Finish(folder, run);
                IReadOnlyList<string> differences = RunFiles.Differences(whole, run);
                if (differences.Count > 0) _failures.Add(new(where, string.Join(", ", differences)));
                Directory.Delete(run, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Whether it was still at work when it was killed.
    private bool Kill(string folder, string run, Random random)
    {
        using Process process = Train(folder, run);
        string metrics = Path.Combine(run, "metrics.jsonl");
        int lines = random.Next(0, MostLines + 1);
        TimeSpan later = TimeSpan.FromMilliseconds(random.Next(0, lines == 0 ? 1500 : 60));
        var clock = Stopwatch.StartNew();
        for (long seen = Length(metrics); lines > 0 && !process.HasExited && clock.Elapsed < Hang;)
        {
            Thread.Sleep(2);
            if (Length(metrics) is var now && now != seen) (seen, lines) = (now, lines - 1);
        }

        Thread.Sleep(later);
        bool working = !process.HasExited;
        if (processes == 1) process.Kill();
        else KillOne(process, random);
        process.WaitForExit();
        return clock.Elapsed < Hang ? working : throw new InvalidOperationException($"A training has written nothing for {Hang}.");
    }

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

    private void Finish(string folder, string run)
    {
        using Process process = Train(folder, run);
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(Hang) && process.ExitCode == 0) return;
        if (!process.HasExited) process.Kill();
        throw new InvalidOperationException($"The training in {run} does not end: {error.Result}");
    }

    private Process Train(string folder, string run)
    {
        var info = new ProcessStartInfo(start.FileName)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        string[] training =
        [
            "train", "--image", "scene.tif", "--labels", "labels.tif", "--out", run, "--iterations", $"{Iterations}",
            "--batch", "2", "--accumulate", "2", "--ema", "0.9", "--size", "16", "--block", "12", "--validate-every", "7", "--save-every", "2",
            "--threads", "1", "--set", "training.log_every=1",
        ];
        string[] resume = Directory.Exists(run) ? ["--resume"] : [], several = processes > 1 ? ["--processes", $"{processes}"] : [];
        foreach (string argument in start.ArgumentList.Concat(training).Concat(several).Concat(resume)) info.ArgumentList.Add(argument);
        Process process = Process.Start(info)
            ?? throw new InvalidOperationException($"{start.FileName} cannot be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
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
