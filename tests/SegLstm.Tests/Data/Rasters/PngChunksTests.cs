using System.Buffers.Binary;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

/// <summary>A chunk that announces a gigabyte in a small file takes none.</summary>
public sealed class PngChunksTests : RasterFolder
{
    private static readonly byte[] Good = Png.Encode([.. Enumerable.Range(0, 600).Select(i => (byte)i)], 1, 20, 30);

    [Theory]
    [InlineData("tEXt")]
    [InlineData("iCCP")]
    [InlineData("IDAT")]
    [InlineData("abcd")]
    public void A_chunk_longer_than_the_file_is_refused_before_memory_is_taken(string type)
    {
        byte[] chunk = [0x44, 0, 0, 2, .. System.Text.Encoding.ASCII.GetBytes(type), .. "Title\0"u8];
        File.WriteAllBytes(At("a.png"), [.. Good[..33], .. chunk, .. Good[33..]]);
        Refused(RasterError.Damaged, () => Raster.Open(At("a.png")));
    }

    [Fact]
    public void A_length_one_byte_too_long_is_refused_and_the_right_one_read()
    {
        byte[] file = [.. Good];
        File.WriteAllBytes(At("a.png"), file);
        using (var raster = Raster.Open(At("a.png")))
            Assert.Equal(599 & 0xFF, raster.ReadArray<byte>()[^1]);
        int end = file.AsSpan().IndexOf("IEND"u8) - 4;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(end), 1);
        File.WriteAllBytes(At("a.png"), file);
        Refused(RasterError.Damaged, () => Raster.Open(At("a.png")));
    }
}
