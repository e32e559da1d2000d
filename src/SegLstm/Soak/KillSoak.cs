using System.Diagnostics;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Data.Synthetic;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>
/// Kills a training in a process of its own at moments that are drawn (kill -9: in its start, a step, a validation, a save),
/// resumes it, kills it again, and compares what it leaves in the end with a training that never stopped.
/// </summary>
/// <param name="start">How to start `seglstm` with arguments that follow those given.</param>
/// <param name="seed">Draws the moments.</param>
public sealed class KillSoak(ProcessStartInfo start, int seed)
{
    private const int Side = 64, Iterations = 120;

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
            return new KilledRuns(start, folder, seed)
            {
                Arguments = Arguments,
                Kept = run => Length(Path.Combine(run, "metrics.jsonl")),
                Differences = RunFiles.Differences,
            }.Run(kills, progress, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Arguments(string run) =>
    [
        "train", "--image", "scene.tif", "--labels", "labels.tif", "--out", run, "--iterations", $"{Iterations}",
        "--batch", "2", "--accumulate", "2", "--ema", "0.9", "--size", "16", "--block", "12", "--validate-every", "7", "--save-every", "2",
        "--threads", "1", "--set", "training.log_every=1", .. Directory.Exists(run) ? ["--resume"] : Array.Empty<string>(),
    ];

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
