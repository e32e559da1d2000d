using SegLstm.Data.Rasters;
using SegLstm.Tests.Checkpoints;
using SegLstm.Training;
using SegLstm.Training.Mapping;

namespace SegLstm.Tests.Training.Mapping;

public sealed class MapJournalTests : IDisposable
{
    private const int Width = 300, Height = 410, Window = 64, Overlap = 20;

    private readonly TemporaryFolder _folder = new();

    public MapJournalTests()
    {
        GiantScene.Write(_folder.File("scene.tif"), Width, Height, noData: 30);
        File.WriteAllText(_folder.File("model"), "weights");
        Map(_folder.File("whole.tif"), stopAfter: null, resume: false, overlap: Overlap, journal: false);
    }

    private string Strips => MapJournal.FolderOf(_folder.File("map.tif"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(40)]
    [InlineData(58)]
    public void A_map_that_was_cut_off_ends_in_the_bytes_of_one_that_was_not(int windows)
    {
        Assert.Throws<OperationCanceledException>(() => Map(windows, resume: false));
        Map(null, resume: true);
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.tif")), File.ReadAllBytes(_folder.File("map.tif")));
        Assert.False(Directory.Exists(Strips));
    }

    [Fact]
    public void Strips_that_are_damaged_cut_short_or_another_s_are_made_again()
    {
        Assert.Throws<OperationCanceledException>(() => Map(60, resume: false));
        string[] strips = [.. Directory.GetFiles(Strips, "*.strip").Order(StringComparer.Ordinal)];
        Assert.True(strips.Length > 4);
        byte[] last = File.ReadAllBytes(strips[^1]), third = File.ReadAllBytes(strips[2]);
        File.WriteAllBytes(strips[^1], last[..^3]);
        Assert.Equal(strips.Length - 1, Kept());
        File.WriteAllBytes(strips[^1], third);
        Assert.Equal(strips.Length - 1, Kept());
        third[^1] ^= 1;
        File.WriteAllBytes(strips[2], third);
        File.WriteAllText(Path.Combine(Strips, ".map.tmp.tif"), "left by a process that was killed");
        Assert.Equal(strips.Length - 2, Kept());
        Assert.False(File.Exists(Path.Combine(Strips, ".map.tmp.tif")));
        Map(null, resume: true);
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.tif")), File.ReadAllBytes(_folder.File("map.tif")));
    }

    // As several processes make them: 9 strips, in parts of neighbours and alone.
    [Theory]
    [InlineData(20)]
    [InlineData(47)]
    public void Strips_that_are_made_in_any_order_by_several_make_the_same_map(int overlap)
    {
        Map(_folder.File("whole.tif"), stopAfter: null, resume: false, overlap, journal: false);
        using var model = GiantScene.Model();
        using Raster scene = Raster.Open(_folder.File("scene.tif"));
        var source = new RasterBands(scene, [1, 0]);
        var predictor = new Predictor(model, GiantScene.Card.Classes, Window, overlap);
        var mapper = new RasterMapper(predictor, GiantScene.Card);
        using MapJournal journal = Open(resume: false, overlap);
        using MapJournal other = MapJournal.Join(_folder.File("map.tif"), predictor.Windows(Width, Height));
        int[] all = [.. journal.Missing];
        MapSpeed late = mapper.Make(source, other, [.. all[4..6], .. all[8..]]);
        Assert.Equal(journal.Missing.Count, journal.Count);
        mapper.Make(source, journal, all[..4]);
        mapper.Make(source, other, all[6..8]);
        journal.Look();
        Assert.Empty(journal.Missing);
        Assert.Equal(Height, journal.FinishedRows);
        Assert.True(late.Pixels is > 0 and < Width * Height);
        mapper.Write(source, _folder.File("map.tif"), journal, late).Dispose();
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.tif")), File.ReadAllBytes(_folder.File("map.tif")));
    }

    [Fact]
    public void A_strip_that_the_windows_do_not_begin_is_refused()
    {
        using MapJournal journal = Open(resume: false, Overlap);
        Assert.Throws<ArgumentException>(() => journal.Keep(1, new byte[Width]));
        Assert.Throws<ArgumentException>(() => journal.Keep(0, new byte[Width]));
    }

    [Fact]
    public void Strips_of_another_model_image_or_overlap_are_refused_by_name_and_left_as_they_are()
    {
        Assert.Throws<OperationCanceledException>(() => Map(40, resume: false));
        Assert.Contains("--resume", Assert.Throws<IOException>(() => Map(null, resume: false)).Message);
        string overlap = Assert.Throws<IOException>(() => Map(null, resume: true, overlap: 10)).Message;
        Assert.Contains("--overlap was 20 of 64 and is 10 of 64", overlap);
        Assert.DoesNotContain("the model", overlap);

        File.WriteAllText(_folder.File("model"), "other weights");
        Assert.Contains("the model is another", Assert.Throws<IOException>(() => Map(null, resume: true)).Message);
        File.WriteAllText(_folder.File("model"), "weights");
        byte[] scene = File.ReadAllBytes(_folder.File("scene.tif"));
        GiantScene.Write(_folder.File("scene.tif"), Width, Height, noData: 31);
        Assert.Contains("the image is another", Assert.Throws<IOException>(() => Map(null, resume: true)).Message);
        File.WriteAllBytes(_folder.File("scene.tif"), scene);
        Map(null, resume: true);
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.tif")), File.ReadAllBytes(_folder.File("map.tif")));
    }

    [Fact]
    public void Two_at_a_time_are_refused()
    {
        using MapJournal one = Open(resume: false, Overlap);
        Assert.Contains("is being written by", Assert.Throws<IOException>(() => Open(resume: true, Overlap)).Message);
    }

    [Fact]
    public void A_map_that_was_cut_off_before_its_first_strip_leaves_nothing()
    {
        Open(resume: false, Overlap).Dispose();
        Assert.False(Directory.Exists(Strips));
    }

    private int Kept()
    {
        using MapJournal journal = Open(resume: true, Overlap);
        return journal.Count - journal.Missing.Count;
    }

    private void Map(int? stopAfter, bool resume, int overlap = Overlap) =>
        Map(_folder.File("map.tif"), stopAfter, resume, overlap, journal: true);

    private void Map(string destination, int? stopAfter, bool resume, int overlap, bool journal)
    {
        using var model = GiantScene.Model();
        using Raster scene = Raster.Open(_folder.File("scene.tif"));
        using var stop = new CancellationTokenSource();
        using MapJournal? strips = journal ? Open(resume, overlap) : null;
        var mapper = new RasterMapper(new Predictor(model, GiantScene.Card.Classes, Window, overlap), GiantScene.Card);
        mapper.Map(new RasterBands(scene, [1, 0]), destination, strips, (done, _) =>
        {
            if (done >= stopAfter) stop.Cancel();
        }, stop.Token).Dispose();
        strips?.Remove();
    }

    private MapJournal Open(bool resume, int overlap)
    {
        using var model = GiantScene.Model();
        using Raster scene = Raster.Open(_folder.File("scene.tif"));
        var predictor = new Predictor(model, GiantScene.Card.Classes, Window, overlap);
        return MapJournal.Open(_folder.File("map.tif"), predictor.Windows(Width, Height),
            MapIdentity.Of([_folder.File("model")], GiantScene.Card, predictor, new RasterBands(scene, [1, 0])), resume);
    }
}
