using System.Buffers.Binary;

namespace SegLstm.Data.Rasters;

/// <summary>
/// Looks at the first directory of a TIFF before GDAL opens it. GDAL makes an object of each band that is declared, libtiff sorts
/// its whole table for each unknown entry: tens of thousands of either take a tenth of a second and more, whatever the file's
/// size.
/// </summary>
/// <remarks>TIFF 6.0, section 2; BigTIFF as libtiff reads it.</remarks>
internal static class TiffDirectory
{
    private const ushort SamplesPerPixel = 277;

    /// <summary>Most entries. Files have some twenty; the standard and its extensions know some hundreds of tags.</summary>
    private const int MostEntries = 1024;

    /// <summary>Refuses a TIFF with too many bands or entries; other files and what else is broken are left to GDAL.</summary>
    /// <exception cref="RasterException">Too many bands or entries.</exception>
    internal static void Check(string name, string path, RasterLimits limits)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[16];
        if (RandomAccess.Read(file, header, 0) < header.Length || header[0] != header[1]
            || header[0] is not ((byte)'I' or (byte)'M'))
            return;
        bool isBigEndian = header[0] == (byte)'M', isBigTiff = Number(header[2..4], isBigEndian) == 43;
        ulong at = Number(isBigTiff ? header[8..16] : header[4..8], isBigEndian);
        int countSize = isBigTiff ? 8 : 2, entrySize = isBigTiff ? 20 : 12;
        byte[] directory = new byte[countSize + (MostEntries * entrySize)];
        if (at > long.MaxValue || RandomAccess.Read(file, directory, (long)at) is var length && length < countSize)
            return;
        ulong declared = Number(directory.AsSpan(0, countSize), isBigEndian);
        if (declared > MostEntries)
        {
            throw new RasterException(
                RasterError.BadHeader,
                $"'{name}' has a TIFF directory of {declared} entries; at most {MostEntries} are read. It is damaged.");
        }

        ulong count = Math.Min(declared, (ulong)((length - countSize) / entrySize));
        for (int i = 0; i < (int)count; i++)
        {
            Span<byte> entry = directory.AsSpan(countSize + (i * entrySize), entrySize);
            if (Number(entry[..2], isBigEndian) != SamplesPerPixel)
                continue;
            Span<byte> value = isBigTiff ? entry[12..] : entry[8..];
            int size = Number(entry[2..4], isBigEndian) switch { 1 => 1, 3 => 2, 16 when isBigTiff => 8, _ => 4 };
            CheckCount(name, Number(value[..size], isBigEndian), limits);
        }
    }

    /// <summary>Holds a number of bands against the limit.</summary>
    /// <exception cref="RasterException">Too many bands.</exception>
    internal static void CheckCount(string name, ulong count, RasterLimits limits)
    {
        if (count > (ulong)limits.MaxBands)
        {
            throw new RasterException(
                RasterError.TooLarge,
                $"'{name}' declares {count} bands; the limit is {limits.MaxBands}. Where it has, raise RasterLimits.MaxBands.");
        }
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, bool isBigEndian) => (bytes.Length, isBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };
}
