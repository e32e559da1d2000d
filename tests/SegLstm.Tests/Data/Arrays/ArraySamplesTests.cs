using SegLstm.Data.Arrays;

namespace SegLstm.Tests.Data.Arrays;

/// <summary>Other people's files, from many MATLAB versions and from HDF5's filters: read to the value, or refused by name.</summary>
public sealed class ArraySamplesTests
{
    /// <summary>The arrays of scipy's test files, and their values, rows first.</summary>
    private static readonly Dictionary<string, double[]> Known = new()
    {
        ["test3dmatrix"] = [.. from r in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 4)
            select 1.0 + r + (2 * c) + (6 * b)],
        ["testmatrix"] = [1, 2, 3, 4, 5, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0],
        ["testdouble"] = [.. Enumerable.Range(0, 9).Select(i => i * Math.PI / 4)],
        ["testminus"] = [-1],
    };

    [Theory]
    [InlineData("mat_scipy", "*.mat")]
    [InlineData("hdf5_purehdf", "*.*")]
    [InlineData("rasters_rasterio", "*.h5")]
    public void Every_sample_is_read_or_refused(string collection, string pattern)
    {
        foreach (string path in SharedSamples.Files(collection, pattern))
        {
            try
            {
                using var file = ArrayFile.Open(path);
                foreach (var entry in file.Entries.Where(entry => entry.IsNumeric)) Assert.Equal(entry.Shape.Aggregate(1, (a,
                    b) => a * b), file.Read<double>(entry).Length);
            }
            catch (ArrayFileException refusal)
            {
                Assert.Contains(Path.GetFileName(path), refusal.Message);
            }
        }
    }

    [Fact]
    public void Arrays_of_every_MATLAB_version_have_their_values()
    {
        int found = 0;
        foreach (string path in SharedSamples.Files("mat_scipy", "*.mat"))
        {
            using var file = ArrayFile.Open(path);
            foreach (var entry in file.Entries.Where(entry => Known.ContainsKey(entry.Name)))
            {
                Assert.Equal(Known[entry.Name], file.Read<double>(entry), (expected, got) => Math.Abs(expected - got) < 1e-15);
                found++;
            }
        }

        Assert.True(found >= 19, $"{found} known arrays were found.");
    }

    [Fact]
    public void The_filters_that_are_read_give_their_values_and_the_others_are_named()
    {
        string folder = SharedSamples.Folder("hdf5_purehdf");
        using var lzf = ArrayFile.Open(Path.Combine(folder, "lzf.h5"));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), lzf.Read<double>(lzf.Entries[0]));
        using var sine = ArrayFile.Open(Path.Combine(folder, "sine_chunked.mat"));
        Assert.Equal(Enumerable.Range(0, 1251).Select(i => Math.Sin(i / 1000.0)), sine.Read<double>(sine.Entries[0]), (a,
            b) => Math.Abs(a - b) < 1e-12);
        foreach (var (name, filter) in new[] { ("blosc.h5", "Blosc"), ("bitshuffle.h5", "bitshuffle"), ("scaleoffset.h5",
            "scale-offset") })
        {
            using var file = ArrayFile.Open(Path.Combine(folder, name));
            Assert.Contains(filter, Assert.Throws<ArrayFileException>(() => file.Read<double>(file.Entries[0])).Message);
        }
    }

    [Fact]
    public void Data_damaged_on_purpose_are_refused()
    {
        using var file = ArrayFile.Open(Path.Combine(SharedSamples.Folder("mat_scipy"), "corrupted_zlib_data.mat"));
        Assert.Equal(ArrayFileError.Damaged, Assert.Throws<ArrayFileException>(() => file.Read<float>(file.Find(2, "datagrid"))).Error);
    }
}
