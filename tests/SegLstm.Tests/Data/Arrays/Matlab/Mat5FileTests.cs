using System.Numerics;
using SegLstm.Data.Arrays;

namespace SegLstm.Tests.Data.Arrays.Matlab;

/// <summary>MATLAB v5 to v7: every number type, either byte order, packed or not; what is no array of numbers is named.</summary>
public sealed class Mat5FileTests : ArrayFolder
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Every_number_type_reads_back(bool isBigEndian, bool isCompressed)
    {
        Check<double>(-1.5, double.MaxValue, double.NaN);
        Check<float>(-1.5f, float.MaxValue, float.PositiveInfinity);
        Check<sbyte>(sbyte.MinValue, 0, sbyte.MaxValue);
        Check<byte>(0, 1, byte.MaxValue);
        Check<short>(short.MinValue, 0, short.MaxValue);
        Check<ushort>(0, 1, ushort.MaxValue);
        Check(int.MinValue, 0, int.MaxValue);
        Check<uint>(0, 1, uint.MaxValue);
        Check(long.MinValue, 0, 1L << 53);
        Check<ulong>(0, 1, 1UL << 53);

        void Check<T>(params T[] values)
            where T : unmanaged, INumberBase<T>
        {
            using var file = Open(new MatBytes(isBigEndian).Add("x", [1, 3], values, isCompressed).File());
            var entry = Assert.Single(file.Entries);
            Assert.Equal(Type.GetTypeCode(typeof(T)).ToString().Replace("Byte", "UInt8").Replace("SUInt8", "Int8")
                .Replace("Single", "Float32").Replace("Double", "Float64"), entry.Type.ToString());
            Assert.Equal(Array.ConvertAll(values, double.CreateChecked), file.Read<double>(entry));
            Assert.Equal(Array.ConvertAll(values, float.CreateTruncating), file.Read<float>(entry));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Columns_first_becomes_rows_first(bool isCompressed)
    {
        // Element (r, c, b) is 100 r + 10 c + b; MATLAB stores r fastest.
        short[] stored = [.. from b in Enumerable.Range(0, 5) from c in Enumerable.Range(0, 3) from r in Enumerable.Range(0, 4)
            select (short)(100 * r + 10 * c + b)];
        using var file = Open(new MatBytes().Add("cube", [4, 3, 5], stored, isCompressed).File());
        float[] values = file.Read<float>(file.Find(rank: 3));
        Assert.Equal(from r in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 5)
            select (float)(100 * r + 10 * c + b), values);
    }

    [Fact]
    public void Whole_numbers_packed_into_bytes_read_as_their_class()
    {
        using var file = Open(new MatBytes().Add<byte>("x", [2, 2], [1, 2, 3, 4], mxClass: 6).File());
        Assert.Equal(ElementType.Float64, file.Entries[0].Type);
        Assert.Equal([1, 3, 2, 4], file.Read<double>(file.Entries[0]));
    }

    [Fact]
    public void Logical_arrays_are_numbers()
    {
        using var file = Open(new MatBytes().Add<byte>("mask", [1, 5], [0, 1, 1, 0, 1], flags: 0x200).File());
        Assert.Equal(("logical", true), (file.Entries[0].Kind, file.Entries[0].IsNumeric));
        Assert.Equal([0, 1, 1, 0, 1], file.Read<float>(file.Entries[0]));
    }

    [Theory]
    [InlineData(1, 0, "cell array")]
    [InlineData(2, 0, "struct")]
    [InlineData(3, 0, "object")]
    [InlineData(4, 0, "text")]
    [InlineData(5, 0, "sparse matrix")]
    [InlineData(16, 0, "function")]
    [InlineData(6, 0x800, "complex")]
    [InlineData(99, 0, "unknown class 99")]
    public void What_is_no_array_of_numbers_is_named_and_not_read(int mxClass, int flags, string kind)
    {
        using var file = Open(new MatBytes().Add<double>("odd", [1, 2], [1, 2], mxClass: mxClass, flags: flags)
            .Add<double>("good", [1, 2], [3, 4]).File());
        Assert.Equal((kind, false), (file.Entries[0].Kind, file.Entries[0].IsNumeric));
        var refusal = Refused(ArrayFileError.NotNumeric, () => file.Read<double>(file.Entries[0]));
        Assert.Contains($"odd (1x2 {kind})", refusal.Message);
        Assert.Equal([3, 4], file.Read<double>(file.Entries[1]));
    }

    [Fact]
    public void An_array_is_found_by_its_rank_and_by_its_name()
    {
        using var file = Open(new MatBytes().Add("cube", [2, 2, 2], new float[8]).Add("a", [2, 2], new float[4])
            .Add("b", [2, 3], new float[6])
            .Add<float>("scalar", [1, 1], [1]).File());
        Assert.Equal("cube", file.Find(rank: 3).Name);
        Assert.Equal("b", file.Find(rank: 2, "b").Name);
        Assert.Contains("a (2x2 float32), b (2x3 float32)", Refused(ArrayFileError.Ambiguous, () => file.Find(rank: 2)).Message);
        Assert.Contains("In the file: cube (2x2x2 float32), a", Refused(ArrayFileError.NotFound, () => file.Find(rank: 3,
            "none")).Message);
        Refused(ArrayFileError.NotFound, () => file.Find(rank: 4));
        Refused(ArrayFileError.NotFound, () => file.Find(rank: 3, "a"));
    }

    [Fact]
    public void Empty_arrays_are_empty()
    {
        using var file = Open(new MatBytes().Add<double>("none", [0, 3], []).File());
        Assert.Empty(file.Read<double>(file.Entries[0]));
    }

    [Fact]
    public void Damage_of_packed_data_is_found()
    {
        byte[] good = new MatBytes().Add("x", [10, 100], Enumerable.Range(0, 1000).Select(i => Math.Sin(i))
            .ToArray(), isCompressed: true).File();
        good[^1000] ^= 0x55;
        using var file = Open(good);
        Refused(ArrayFileError.Damaged, () => file.Read<double>(file.Entries[0]));
    }

    [Fact]
    public void Packed_data_that_ask_for_a_dictionary_are_refused()
    {
        byte[] bytes = new MatBytes().Add("x", [10, 10], new double[100], isCompressed: true).File();
        // The file's head and the tag before zlib's two bytes; 0x20 is the flag for a dictionary.
        Assert.Equal(0x78, bytes[136]);
        bytes[137] = 0x20;
        Refused(ArrayFileError.Damaged, () => Open(bytes));
    }

    [Fact]
    public void A_file_cut_off_is_refused()
    {
        byte[] good = new MatBytes().Add("x", [10, 10], new double[100]).File();
        Refused(ArrayFileError.Truncated, () => Open(good[..^50]));
    }

    [Theory]
    [InlineData(new[] { 30_000, 30_000, 200 })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(new[] { -1, 4 })]
    public void Sizes_that_the_file_cannot_hold_take_no_memory(int[] shape)
    {
        long before = GC.GetTotalAllocatedBytes();
        byte[] bytes = new MatBytes().Add<double>("x", shape, [1, 2, 3], isCompressed: true).File();
        Assert.Throws<ArrayFileException>(() =>
        {
            using var file = Open(bytes);
            file.Read<float>(file.Entries[0]);
        });
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200 << 20);
    }

    [Fact]
    public void A_packed_variable_of_zeros_takes_no_more_than_it_declares()
    {
        byte[] bytes = new MatBytes().AddElement(14, [.. new MatBytes().Element(6, new byte[8]), .. new byte[1 << 20]],
            isCompressed: true).File();
        Assert.Throws<ArrayFileException>(() => Open(bytes));
    }

    [Fact]
    public void More_variables_than_allowed_are_refused()
    {
        var bytes = new MatBytes();
        for (int i = 0; i < 20; i++) bytes.Add<double>($"x{i}", [1, 1], [i]);
        string path = Put("many.mat", bytes.File());
        Assert.Equal(ArrayFileError.TooLarge, Assert.Throws<ArrayFileException>(() => ArrayFile.Open(path,
            new ArrayLimits { MaxEntries = 10 })).Error);
        using var file = ArrayFile.Open(path, new ArrayLimits { MaxBytes = 7 });
        Assert.Equal(ArrayFileError.TooLarge, Assert.Throws<ArrayFileException>(() => file.Read<double>(file.Entries[0])).Error);
    }

    [Fact]
    public void Other_files_are_refused_with_a_guess()
    {
        Assert.Contains("download page", Refused(ArrayFileError.UnknownFormat,
            () => Open("<html>you must log in</html> and so on and so forth"u8.ToArray())).Message);
        Assert.Throws<FileNotFoundException>(() => ArrayFile.Open(At("none.mat")));
    }
}
