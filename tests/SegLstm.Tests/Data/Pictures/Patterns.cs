using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SegLstm.Data.Pictures;

namespace SegLstm.Tests.Data.Pictures;

/// <summary>Images that tests and the programs that recorded their results both make, and short names for results.</summary>
internal static class Patterns
{
    /// <summary>Sample i is the first byte of i * 2654435761 modulo 2^32.</summary>
    internal static ByteImage Mixed(int bands, int height, int width) =>
        new([.. Enumerable.Range(0, bands * height * width).Select(i => (byte)(unchecked((uint)i * 2654435761u) >> 24))], bands, height,
            width);

    /// <summary>The row of each pixel in band 0, its column in band 1, both in turn in further bands; at most 256 pixels a
    /// side.</summary>
    internal static ByteImage Places(int bands, int side)
    {
        var image = new ByteImage(bands, side, side);
        for (int band = 0; band < bands; band++)
        {
            for (int i = 0; i < side * side; i++) image.Band(band)[i] = (byte)(band % 2 == 0 ? i / side : i % side);
        }

        return image;
    }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of numbers in little-endian order.</summary>
    internal static string Digest<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16];
}
