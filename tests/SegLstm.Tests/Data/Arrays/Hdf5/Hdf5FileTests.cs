using SegLstm.Data.Arrays;

namespace SegLstm.Tests.Data.Arrays.Hdf5;

/// <summary>HDF5 as h5py and MATLAB write it; Fixtures/make.py says what the files hold.</summary>
public sealed class Hdf5FileTests : ArrayFolder
{
    private static readonly double[] Cube = [.. Enumerable.Range(0, 5 * 7 * 6).Select(i => (double)i)];

    internal static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "Arrays", "Hdf5", "Fixtures", name);

    [Fact]
    public void Every_layout_filter_and_byte_order_reads_back()
    {
        using var file = ArrayFile.Open(Fixture("plain.h5"));
        Assert.Equal(Cube, Read(file, "contiguous"));
        Assert.Equal(Cube.Select(v => v / 3), Read(file, "big_endian"));
        Assert.Equal(Cube.Select(v => v - 100), Read(file, "gzip"));
        Assert.Equal(Cube.Select(v => (double)((float)v / 7)), Read(file, "lzf"));
        Assert.Equal(Cube.Select(v => (double)((long)v * 2654435761 % 251)), Read(file, "noise"));
        Assert.Equal([2.5], Read(file, "number"));
        Assert.Equal([-128, 127], Read(file, "signed"));
        Assert.Equal([Math.Pow(2, 62), 5], Read(file, "big"));
        Assert.Equal(Enumerable.Range(0, 35).Select(i => (double)(i % 2 == 0 ? 1 : 0)), Read(file, "group/inner/mask"));
        Assert.Equal(Read(file, "gzip"), Read(file, "again"));
    }

    [Fact]
    public void What_is_not_read_is_named_and_the_rest_stays_readable()
    {
        using var file = ArrayFile.Open(Fixture("plain.h5"));
        Assert.Contains("text", Entry(file, "text").Kind + " text", StringComparison.Ordinal);
        Assert.False(Entry(file, "text").IsNumeric);
        Assert.False(Entry(file, "complex").IsNumeric);
        Assert.Equal("16-bit floating point", Entry(file, "half").Kind);
        Assert.Contains("scale-offset", Refused(ArrayFileError.Unsupported, () => Read(file, "scaled")).Message);
        Assert.Contains("never written", Refused(ArrayFileError.Damaged, () => Read(file, "unwritten")).Message);
        Assert.Contains("2 of 4", Refused(ArrayFileError.Damaged, () => Read(file, "partly")).Message);
    }

    [Fact]
    public void Links_to_names_and_other_files_are_not_followed()
    {
        using var file = ArrayFile.Open(Fixture("links.h5"));
        Assert.Equal(["here"], file.Entries.Where(entry => entry.IsNumeric).Select(entry => entry.Name));
        Assert.Equal(2, file.Entries.Count(entry => entry.Kind == "link to another name or file"));
    }

    [Fact]
    public void Groups_of_many_arrays_are_listed_whole()
    {
        using var file = ArrayFile.Open(Fixture("many.h5"));
        Assert.Equal(70, file.Entries.Count);
        Assert.Equal([63, 63], Read(file, "array63"));
    }

    [Fact]
    public void The_newest_format_is_read_where_it_is_simple_and_refused_by_name_elsewhere()
    {
        using var file = ArrayFile.Open(Fixture("latest.h5"));
        Assert.Equal(Cube, Read(file, "one_chunk"));
        Assert.Equal(Cube, Read(file, "contiguous"));
        Assert.Contains("h5repack", Refused(ArrayFileError.Unsupported, () => Read(file, "more_chunks")).Message);
        using var crowded = ArrayFile.Open(Fixture("crowded.h5"));
        Assert.Equal(Cube[..42], Read(crowded, "few/one"));
        Assert.Contains("fractal heap", Entry(crowded, "crowd").Kind, StringComparison.Ordinal);
    }

    [Fact]
    public void Matlab_7_3_has_its_indices_in_MATLABs_order_and_its_classes()
    {
        using var file = ArrayFile.Open(Fixture("v73.mat"));
        Assert.Equal("MATLAB v7.3", file.Format);
        var cube = file.Find(rank: 3);
        Assert.Equal([5, 7, 6], cube.Shape);
        Assert.Equal(Cube, file.Read<double>(cube));
        Assert.Equal(Enumerable.Range(0, 35).Select(i => (double)(i % 4)), Read(file, "labels"));
        Assert.Equal("logical", Entry(file, "mask").Kind);
        Assert.Equal(Enumerable.Range(0, 35).Select(i => (double)(i * 6 + 1)), Read(file, "fields/inner"));
        foreach (var (name, kind) in new[] { ("word", "text"), ("cell", "cell array"), ("nothing", "empty"), ("thin", "sparse matrix") })
            Assert.Equal((kind, false), (Entry(file, name).Kind, Entry(file, name).IsNumeric));
        Assert.DoesNotContain(file.Entries, entry => entry.Name.StartsWith("#refs#", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flipped_bit_in_a_checked_chunk_is_found()
    {
        byte[] bytes = File.ReadAllBytes(Fixture("plain.h5"));
        // Chunks packed by zlib begin so.
        int[] chunks = [.. Enumerable.Range(0, bytes.Length - 20).Where(at => bytes[at] == 0x78 && bytes[at + 1] == 0x5E)];
        Assert.Equal(3 * 3 * 2, chunks.Length);
        foreach (int at in chunks)
        {
            bytes[at + 12] ^= 4;
            using var file = ArrayFile.Open(Put("flipped.h5", bytes));
            Refused(ArrayFileError.Damaged, () => Read(file, "gzip"));
            bytes[at + 12] ^= 4;
        }
    }

    private static ArrayEntry Entry(ArrayFile file, string name) => file.Entries.First(entry => entry.Name == name);

    private static double[] Read(ArrayFile file, string name) => file.Read<double>(Entry(file, name));
}
