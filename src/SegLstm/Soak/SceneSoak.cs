using System.Diagnostics;
using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Data.Synthetic;
using SegLstm.Models;
using SegLstm.Training;
using SegLstm.Training.Mapping;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Soak;

/// <summary>
/// Kills the mapping of a scene in a process of its own at moments that are drawn (kill -9: in its start, a window, a strip's
/// keeping, the last file), goes on, kills it again, and compares the map in the end with one that was made at once, byte by byte.
/// </summary>
/// <param name="start">How to start `seglstm` with arguments that follow those given.</param>
/// <param name="seed">Draws the moments, the scene and the model.</param>
public sealed class SceneSoak(ProcessStartInfo start, int seed)
{
    private const int Width = 330, Height = 700, Window = 32;

    /// <summary>Runs.</summary>
    /// <param name="kills">How often a process is killed.</param>
    /// <param name="progress">Told how many were.</param>
    /// <param name="cancellation">Ends early; what is done is reported.</param>
    /// <exception cref="InvalidOperationException">The mapping that is not killed fails, or a process hangs.</exception>
    public CutReport Run(int kills, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        string folder = Directory.CreateTempSubdirectory("seglstm-soak-scene-").FullName;
        try
        {
            WriteSceneAndModel(folder);
            return new KilledRuns(start, folder, seed)
            {
                Arguments = run =>
                [
                    "predict", "--checkpoint", "model.safetensors", "--image", "scene.tif", "--out", Path.Combine(run, "map.tif"),
                    "--threads", "1", "--resume",
                ],
                Kept = run => Strips(Path.Combine(run, "map.tif")),
                Differences = Differences,
            }.Run(kills, progress, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Strips(string map)
    {
        try
        {
            return Directory.EnumerateFiles(MapJournal.FolderOf(map), "row-*").LongCount();
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }

    // Whatever else a folder has was left over.
    private static IReadOnlyList<string> Differences(string whole, string run) =>
    [
        .. Directory.EnumerateFileSystemEntries(run)
            .Union(Directory.EnumerateFiles(whole).Select(path => Path.Combine(run, Path.GetFileName(path))))
            .Where(path => !Same(Path.Combine(whole, Path.GetFileName(path)), path)).Select(path => Path.GetFileName(path)),
    ];

    private static bool Same(string one, string other) =>
        File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private void WriteSceneAndModel(string folder)
    {
        using Scene scene = SyntheticScene.Generate(Width, Height, SceneDomain.Urban, seed);
        using Tensor image = scene.Image.clamp(0, 255).to(ScalarType.Byte);
        RasterWriter.WriteGeoTiff(Path.Combine(folder, "scene.tif"),
            new RasterSpec { Width = scene.Width, Height = scene.Height, Bands = scene.Bands }, image);
        var card = new ModelCard
        {
            Model = "seglstm_nano", ImageSize = Window, Bands = scene.BandNames, DisplayBands = scene.DisplayBands,
            Mean = [.. scene.BandNames.Select(_ => 110f)], Std = [.. scene.BandNames.Select(_ => 50f)],
            ClassNames = scene.Legend.Names, Palette = [.. scene.Legend.Palette.Select(color => color.ToString())], Dataset = scene.Name,
        };
        manual_seed(seed);
        using Segmenter model = Catalog.Create(card.Model, card.Classes, card.Channels, card.ImageSize);
        ModelCheckpoint.Save(Path.Combine(folder, "model.safetensors"), model, card);
    }
}
