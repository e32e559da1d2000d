using SegLstm.Data.Arrays;

namespace SegLstm.Tests.Data.Arrays.Matlab;

/// <summary>MATLAB v4: its six number types, either byte order, several matrices in a file.</summary>
public sealed class Mat4FileTests : ArrayFolder
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_number_type_reads_back_columns_first(bool isBigEndian)
    {
        var bytes = new MatBytes(isBigEndian);
        int order = isBigEndian ? 1000 : 0;
        Add(bytes, "doubles", order, 1.5, -2.5, 3, 4, 5, 6);
        Add(bytes, "singles", order + 10, 1.5f, -2.5f, 3, 4, 5, 6);
        Add(bytes, "ints", order + 20, 1, -2, 3, 4, 5, int.MaxValue);
        Add<short>(bytes, "shorts", order + 30, 1, -2, 3, 4, 5, 6);
        Add<ushort>(bytes, "words", order + 40, 1, 2, 3, 4, 5, 65535);
        Add<byte>(bytes, "bytes", order + 50, 1, 2, 3, 4, 5, 255);
        using var file = Open(bytes.FileOfV4());
        Assert.Equal("MATLAB v4", file.Format);
        Assert.Equal(["doubles", "singles", "ints", "shorts", "words", "bytes"], file.Entries.Select(entry => entry.Name));
        Assert.Equal([1.5, 3, 5, -2.5, 4, 6], file.Read<double>(file.Entries[0]));
        Assert.Equal([1.5, 3, 5, -2.5, 4, 6], file.Read<double>(file.Entries[1]));
        Assert.Equal([1, 3, 5, -2, 4, int.MaxValue], file.Read<double>(file.Entries[2]));
        Assert.Equal([1, 3, 5, -2, 4, 6], file.Read<double>(file.Entries[3]));
        Assert.Equal([1, 3, 5, 2, 4, 65535], file.Read<double>(file.Entries[4]));
        Assert.Equal([1, 3, 5, 2, 4, 255], file.Read<double>(file.Entries[5]));
    }

    [Fact]
    public void Text_sparse_and_complex_matrices_are_named()
    {
        using var file = Open(new MatBytes().AddV4("t", 51, 1, 2, [65, 66]).AddV4("s", 2, 1, 3, new byte[24])
            .AddV4("c", 0, 1, 1, new byte[16], imaginary: 1).FileOfV4());
        Assert.Equal(["text", "sparse matrix", "complex"], file.Entries.Select(entry => entry.Kind));
        Assert.All(file.Entries, entry => Refused(ArrayFileError.NotNumeric, () => file.Read<float>(entry)));
    }

    [Fact]
    public void Matrices_larger_than_the_file_are_refused()
    {
        Refused(ArrayFileError.Truncated, () => Open(new MatBytes().AddV4("x", 0, int.MaxValue, int.MaxValue, new byte[80]).FileOfV4()));
        Refused(ArrayFileError.Damaged, () => Open(new MatBytes().AddV4("x", 0, 1, 1, new byte[8])
            .AddV4("y", 0, -1, 1, new byte[8]).FileOfV4()));
        Refused(ArrayFileError.Unsupported, () => Open(new MatBytes().AddV4("vax", 2000, 1, 1, new byte[8]).FileOfV4()));
    }

    private static void Add<T>(MatBytes bytes, string name, int mopt, params T[] rowsFirst)
        where T : unmanaged
    {
        // Two columns of three: stored one column after the other.
        bytes.AddV4(name, mopt, 2, 3, [.. rowsFirst.SelectMany(value => bytes.Stored(value))]);
    }
}
