using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using SegLstm.Data.Rasters;
using SegLstm.Training.Mapping;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Classifies a raster of any size into a GeoTIFF on the same grid: one byte a pixel, colour table and class names of the model, 255
/// where the source has no data. One thread reads windows ahead of the model and one writes finished rows behind it; memory grows
/// with the scene's width (a row of windows) and not with its height.
/// </summary>
/// <param name="predictor">Predicts normalised windows.</param>
/// <param name="card">The model's bands, normalisation and classes.</param>
public sealed class RasterMapper(Predictor predictor, ModelCard card)
{
    /// <summary>Maps a raster.</summary>
    /// <param name="source">What to classify: as many bands as the model has, in its order.</param>
    /// <param name="destination">The GeoTIFF; appears when it is complete.</param>
    /// <param name="journal">Keeps finished strips and has those of an earlier run, which are not made again; null to keep none. The
    /// file has the same bytes either way.</param>
    /// <param name="progress">Is told how many of how many windows are done.</param>
    /// <param name="stop">Gives the map up between two batches of windows.</param>
    /// <exception cref="ArgumentException">The bands do not fit the model.</exception>
    /// <exception cref="RasterException">The source is damaged, or the map cannot be written.</exception>
    public RasterMap Map(IPixelSource source, string destination, MapJournal? journal = null, Action<long, long>? progress = null,
        CancellationToken stop = default)
    {
        if (journal is not null)
        {
            MapSpeed made = Make(source, journal, journal.Missing, progress, stop);
            return Write(source, destination, journal, made);
        }

        CheckBands(source);
        using RasterWriter writer = Writer(source, destination);
        var rows = new MapRows(writer);
        var whole = (0, predictor.Windows(source.Width, source.Height).Rows.Count);
        MapSpeed speed = Blend(source, [whole], (_, classes) => rows.Add(classes), progress, stop);
        writer.Commit();
        return Result(rows, speed);
    }

    /// <summary>Makes strips of a map.</summary>
    /// <param name="source">What to classify.</param>
    /// <param name="journal">Takes the strips.</param>
    /// <param name="strips">Which of them, by the row of windows they begin with, rising. A strip has the same bytes whichever others
    /// are made.</param>
    /// <param name="progress">Is told how many of how many windows are done, those of other strips counted as done.</param>
    /// <param name="stop">Gives the rest up between two batches of windows.</param>
    /// <exception cref="ArgumentException">The bands do not fit the model.</exception>
    internal MapSpeed Make(IPixelSource source, MapJournal journal, IReadOnlyList<int> strips, Action<long, long>? progress = null,
        CancellationToken stop = default)
    {
        CheckBands(source);
        return Blend(source, Neighbours(strips), (top, classes) => journal.Keep(top, classes), progress, stop);
    }

    /// <summary>Writes a map of its strips.</summary>
    /// <param name="source">What was classified.</param>
    /// <param name="destination">The GeoTIFF; appears when it is complete.</param>
    /// <param name="journal">Has all strips.</param>
    /// <param name="speed">How fast they were made.</param>
    internal RasterMap Write(IPixelSource source, string destination, MapJournal journal, MapSpeed speed)
    {
        using RasterWriter writer = Writer(source, destination);
        var rows = new MapRows(writer);
        foreach (byte[] strip in journal.Strips()) rows.Add(strip);
        writer.Commit();
        return Result(rows, speed);
    }

    /// <summary>Reads the pixels of a map's picture.</summary>
    /// <param name="source">What was classified.</param>
    /// <param name="step">Rows and columns of it for one of the picture.</param>
    /// <returns>Raw samples `(C, h, w)` float32: every <paramref name="step"/>th row and column.</returns>
    public static Tensor Picture(IPixelSource source, int step)
    {
        int width = (source.Width + step - 1) / step, height = (source.Height + step - 1) / step, bands = source.Bands.Count;
        float[] line = new float[bands * source.Width], picture = new float[bands * height * width];
        bool[] missing = new bool[source.Width];
        for (int y = 0; y < height; y++)
        {
            source.Read(new Window(0, y * step, source.Width, 1), line, missing);
            for (int band = 0; band < bands; band++)
            {
                for (int x = 0; x < width; x++) picture[(((band * height) + y) * width) + x] = line[(band * source.Width) + (x * step)];
            }
        }

        using var scope = NewDisposeScope();
        return tensor(picture).view(bands, height, width).MoveToOuterDisposeScope();
    }

    private RasterWriter Writer(IPixelSource source, string destination) => RasterWriter.Create(
        destination, ClassMap.Spec(source.Width, source.Height, card.Legend, source.GeoTransform, source.Projection));

    private RasterMap Result(MapRows rows, MapSpeed speed) =>
        new(rows.Counts(card.Classes), rows.NoData, rows.Preview(), rows.Step, speed);

    // Strips that follow each other are made in one go: windows between them then count for both.
    private static List<(int First, int End)> Neighbours(IReadOnlyList<int> strips)
    {
        var parts = new List<(int First, int End)>();
        foreach (int strip in strips)
        {
            if (parts.Count > 0 && parts[^1].End == strip) parts[^1] = (parts[^1].First, strip + 1);
            else parts.Add((strip, strip + 1));
        }

        return parts;
    }

    private MapSpeed Blend(IPixelSource source, IReadOnlyList<(int First, int End)> parts, Action<int, byte[]> keep,
        Action<long, long>? progress, CancellationToken stop)
    {
        SlidingWindows windows = predictor.Windows(source.Width, source.Height);
        long done = windows.Count - parts.Sum(part => Count(part));
        var clock = Stopwatch.StartNew();
        TimeSpan model = TimeSpan.Zero;
        foreach ((int First, int End) part in parts)
        {
            model += Blend(source, part, keep, now => progress?.Invoke(Math.Max(0, done + now), windows.Count), stop);
            done += Count(part);
        }

        long rows = parts.Sum(part => windows.FinalRowsAfter(part.End - 1) - windows.Rows[part.First]);
        return new MapSpeed(source.Width * rows, clock.Elapsed, model);

        long Count((int First, int End) part) => (long)(part.End - windows.FirstInto(part.First)) * windows.Columns.Count;
    }

    private TimeSpan Blend(IPixelSource source, (int First, int End) part, Action<int, byte[]> keep, Action<long> progress,
        CancellationToken stop)
    {
        var missing = new MissingRows(source.Width, Math.Min(predictor.Window, source.Height));
        Task kept = Task.CompletedTask;
        TimeSpan model;
        try
        {
            model = predictor.Blend(source.Width, source.Height, Normalised, Finish, progress, stop, part);
        }
        finally
        {
            // What it writes to is closed next.
            Task.WaitAny(kept);
        }

        kept.GetAwaiter().GetResult();
        return model;

        Tensor Normalised(int x, int y, int w, int h)
        {
            Tensor pixels = empty(card.Channels, h, w);
            Span<float> samples = MemoryMarshal.Cast<byte, float>(pixels.bytes);
            Span<bool> gaps = new bool[h * w];
            source.Read(new Window(x, y, w, h), samples, gaps);
            missing.Set(x, y, w, gaps);
            for (int c = 0; c < card.Channels; c++) Standardise(samples.Slice(c * h * w, h * w), card.Mean[c], card.Std[c]);
            // The mean stands in for what is missing, so that no window beside a gap is spoilt.
            if (gaps.Contains(true))
            {
                for (int i = 0; i < samples.Length; i++) samples[i] = gaps[i % gaps.Length] ? 0 : samples[i];
            }

            return pixels;
        }

        void Finish(int top, int count, BlendedRows blended)
        {
            byte[] classes = new byte[(long)count * source.Width];
            blended.Classes(count, classes);
            missing.Mark(top, classes);
            kept.GetAwaiter().GetResult();
            kept = Task.Run(() => keep(top, classes), CancellationToken.None);
        }
    }

    private static void Standardise(Span<float> samples, float mean, float std)
    {
        Vector<float> means = new(mean), stds = new(std);
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((new Vector<float>(samples[i..]) - means) / stds).CopyTo(samples[i..]);
        }

        for (; i < samples.Length; i++) samples[i] = (samples[i] - mean) / std;
    }

    private void CheckBands(IPixelSource source)
    {
        if (source.Bands.Count != card.Channels)
        {
            throw new ArgumentException(
                $"{source.Bands.Count} bands were chosen for a model of {card.Channels} ({string.Join(", ", card.Bands)}): name one "
                    + $"for each, in this order.");
        }

        if (card.Classes > ClassMap.NoData)
        {
            throw new ArgumentException(
                $"The model has {card.Classes} classes: a map of one byte a pixel holds {ClassMap.NoData}.");
        }
    }
}
