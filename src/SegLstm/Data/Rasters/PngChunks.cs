using System.Buffers.Binary;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Holds the lengths of a PNG's chunks against the file before GDAL opens it: libpng takes and clears the memory that a text or
/// profile chunk announces, up to 2 GiB, before it finds that the file has none of it.
/// </summary>
/// <remarks>PNG specification, third edition, section 5.3.</remarks>
internal static class PngChunks
{
    private const int Frame = 12;

    /// <summary>Refuses a PNG with a chunk that is longer than what is left of the file; other files are left to GDAL.</summary>
    /// <exception cref="RasterException">A chunk is too long.</exception>
    internal static void Check(string name, string path, long length)
    {
        // Buffered, for files of many small chunks.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        Span<byte> header = stackalloc byte[8];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || header[0] != 0x89 || !header[1..].SequenceEqual("PNG\r\n\x1a\n"u8))
            return;
        for (long at = header.Length; at <= length - Frame;)
        {
            file.Position = at;
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
                return;
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size > length - at - Frame)
            {
                throw new RasterException(
                    RasterError.Damaged,
                    $"'{name}' announces a chunk of {size:N0} bytes at byte {at}, but {length - at - Frame:N0} are left. "
                    + "It is damaged or cut off.");
            }

            at += Frame + size;
        }
    }
}
