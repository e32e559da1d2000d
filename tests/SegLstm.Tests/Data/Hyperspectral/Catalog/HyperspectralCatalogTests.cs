using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Catalog;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Tests.Data.Arrays;
using SegLstm.Tests.Data.Arrays.Matlab;
using SegLstm.Tests.Data.Hyperspectral.Files;

namespace SegLstm.Tests.Data.Hyperspectral.Catalog;

/// <summary>Benchmarks are found in a folder under their usual names, small twins of them here; what differs is told.</summary>
public sealed class HyperspectralCatalogTests : ArrayFolder
{
    [Fact]
    public void Every_entry_is_whole()
    {
        Assert.Equal(11, HyperspectralCatalog.Entries.Select(entry => entry.Name).Distinct().Count());
        Assert.All(HyperspectralCatalog.Entries, entry =>
        {
            Assert.True(entry.Labels is null != entry.Split is null, entry.Name);
            Assert.Equal(entry.Classes.Count, entry.Classes.Distinct().Count());
            Assert.True(entry.ClassPixels.Count == 0 || entry.ClassPixels.Count == entry.Classes.Count);
            Assert.NotEmpty(entry.Unverified);
            Assert.All(entry.Cube.Digests.Concat(entry.Labels?.Digests ?? []), digest => Assert.Matches("^[0-9a-f]{64}$", digest));
        });
        var houston = HyperspectralCatalog.Find("Houston2013");
        Assert.Equal((2832, 12197), (houston.SplitPixels!.Value.Train.Sum(), houston.SplitPixels.Value.Test.Sum()));
        Assert.Equal(42776, HyperspectralCatalog.Find("paviau").ClassPixels.Sum());
        Assert.Contains("indianpines", Assert.Throws<KeyNotFoundException>(() => HyperspectralCatalog.Find("pavia")).Message);
    }

    [Fact]
    public void A_scene_with_one_label_file_is_found_in_folders_within()
    {
        var scene = HyperspectralSamples.Counted(6, 5, 8, classes: 9);
        Directory.CreateDirectory(At("unpacked"));
        WriteCube(scene, "unpacked/PaviaU.mat");
        WriteLabels(scene, "paviau_GT.mat");
        var read = HyperspectralCatalog.Load("paviau", Root);
        Assert.Equal(scene.Samples, read.Samples);
        Assert.Equal(scene.Labels, read.Labels);
        Assert.Equal(("paviau", "asphalt", "shadows"), (read.Name, read.ClassNames[0], read.ClassNames[8]));
        Assert.Contains(read.Warnings, warning => warning.StartsWith("PaviaU.mat is another file", StringComparison.Ordinal));
        Assert.Contains(read.Warnings, warning => warning == "6x5 pixels of 8 bands; paviau has 610x340 of 103");
        Assert.Contains(read.Warnings, warning => warning.StartsWith("class 1 has 3 labelled pixels; 6631", StringComparison.Ordinal));
        Assert.Contains("Not verified", read.Provenance);
    }

    [Fact]
    public void Houston_2013_comes_from_the_contests_files_with_its_split()
    {
        var scene = HyperspectralSamples.Counted(4, 5, 10) with { Labels = new byte[20] };
        HyperspectralWriter.Write(scene, At("2013_IEEE_GRSS_DF_Contest_CASI.tif"));
        File.WriteAllText(At("2013_IEEE_GRSS_DF_Contest_Samples_TR.txt"), EnviRoiTests.Text);
        File.WriteAllText(At("2013_IEEE_GRSS_DF_Contest_Samples_VA.txt"), EnviRoiTests.Text.Replace("1     1     1 ", "1     1     3 ")
            .Replace("3     5     4 ", "3     2     3 "));
        Check(HyperspectralCatalog.Load("houston2013", Root), scene);
    }

    [Fact]
    public void Houston_2013_comes_from_the_MATLAB_packing_with_its_split()
    {
        var scene = HyperspectralSamples.Counted(4, 5, 10) with { Labels = new byte[20] };
        WriteCube(scene, "HSI.mat");
        double[] train = [1, 1, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], test = [0, 1, 0, 0, 0, 0, 0, 2, 2, 0, 1, 1, 0, 0,
            0, 0, 0, 0, 0, 0];
        WriteDoubles("TR.mat", train);
        WriteDoubles("TE.mat", [.. test.Select(label => label == 0 ? -1 : label)]);
        Check(HyperspectralCatalog.Load("houston2013", Root), scene);

        void WriteDoubles(string name, double[] rowsFirst) => Put(name, new MatBytes().Add(
            "any", [4, 5], (double[])[.. from column in Enumerable.Range(0, 5) from row in Enumerable.Range(0, 4)
                select rowsFirst[row * 5 + column]]).File());
    }

    [Fact]
    public void Layers_that_are_no_spectra_are_left_out()
    {
        var scene = HyperspectralSamples.Counted(4, 5, 50, classes: 20);
        HyperspectralWriter.Write(scene, At("20170218_UH_CASI_S4_NAD83.tif"));
        HyperspectralWriter.WriteLabels(scene, At("2018_IEEE_GRSS_DFC_GT_TR.tif"));
        var read = HyperspectralCatalog.Load("houston2018", Root);
        Assert.Equal(48, read.Bands);
        Assert.Equal((374.4, 1047.1), (read.Wavelengths![0], read.Wavelengths[^1]));
        Assert.Equal(scene.WithBands([.. Enumerable.Range(0, 48)]).Samples, read.Samples);
    }

    [Fact]
    public void A_missing_file_is_named_with_where_to_ask_for_it()
    {
        string message = Assert.Throws<FileNotFoundException>(() => HyperspectralCatalog.Load("salinas", Root)).Message;
        Assert.Contains("Salinas_corrected.mat", message);
        Assert.Contains("EHU", message);
        Assert.Throws<DirectoryNotFoundException>(() => HyperspectralCatalog.Load("salinas", At("nowhere")));
    }

    private static void Check(HyperspectralScene read, HyperspectralScene scene)
    {
        Assert.Equal(scene.Samples, read.Samples);
        Assert.Equal(15, read.Classes);
        Assert.Equal([0, 1, 7, 8, 19], read.OfficialSplit!.Train);
        // Pixels of both parts stay in the training only.
        Assert.Equal([10, 11], read.OfficialSplit.Test);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 2, 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1], read.Labels);
        Assert.Contains(read.Warnings, warning => warning.StartsWith("3 pixels are in the training and in the test",
            StringComparison.Ordinal));
    }

    private void WriteCube(HyperspectralScene scene, string name) =>
        Put(name, new MatBytes().Add("cube", [scene.Height, scene.Width, scene.Bands],
        (float[])[.. from band in Enumerable.Range(0, scene.Bands) from column in Enumerable.Range(0, scene.Width)
            from row in Enumerable.Range(0, scene.Height)
            select scene.Samples[((row * scene.Width + column) * scene.Bands) + band]]).File());

    private void WriteLabels(HyperspectralScene scene, string name) => Put(name, new MatBytes().Add("labels", [scene.Height, scene.Width],
        (byte[])[.. from column in Enumerable.Range(0, scene.Width) from row in Enumerable.Range(0, scene.Height)
            select scene.Labels[row * scene.Width + column]]).File());
}
