using System.Buffers.Binary;
using SegLstm.Checkpoints.Pth;
using SegLstm.Data.Rasters;

namespace SegLstm.Soak;

/// <summary>Rasters: entries of TIFF directories, chunks of PNG (with their checksums), segments of JPEG.</summary>
internal sealed class RasterTarget(string name, string extension, IReadOnlyList<SoakSeed> seeds)
    : SoakTarget(name, extension, seeds)
{
    // What one read may take: decoding a picture of this size is far from the bounds of the run, in time and in memory.
    private static readonly RasterLimits Limits = new() { MaxBytes = 4 << 20 };

    public override bool Read(string path)
    {
        try
        {
            using var raster = Raster.Open(path, Limits);
            using var tensor = raster.Read();
            return true;
        }
        catch (RasterException)
        {
            return false;
        }
    }

    protected override byte[] Change(byte[] seed, Random random)
    {
        var file = seed.ToArray();
        return Extension switch
        {
            ".png" => ChangePng(file, random),
            ".jpg" => ChangeJpeg(file, random),
            _ => ChangeTiff(file, random),
        };
    }

    /// <summary>A directory entry is a tag, a type, a count and a value or place.</summary>
    private static byte[] ChangeTiff(byte[] file, Random random)
    {
        if (file.Length < 16 || !(file.AsSpan().StartsWith("II*\0"u8) || file.AsSpan().StartsWith("MM\0*"u8)))
        {
            return Mutations.OfBytes(file, random);
        }

        var isBigEndian = file[0] == (byte)'M';
        var directory = (int)Math.Min(file.Length - 2,
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4))
            : BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        var count = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(directory))
            : BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory));
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var entry = directory + 2 + (12 * random.Next(Math.Max(1, (int)count)));
            switch (random.Next(6))
            {
                case 0:
                    Mutations.OfField(file, directory, 2, isBigEndian, random);
                    break;
                case 1:
                    Mutations.OfField(file, entry + (random.Next(2) * 2), 2, isBigEndian, random);
                    break;
                case 2:
                    Mutations.OfField(file, entry + 4, 4, isBigEndian, random);
                    break;
                case 3:
                    var other = directory + 2 + (12 * random.Next(Math.Max(1, (int)count)));
                    if (Math.Max(entry, other) + 12 <= file.Length)
                    {
                        file.AsSpan(other + 8, 4).CopyTo(file.AsSpan(entry + 8));
                    }

                    break;
                default:
                    Mutations.OfField(file, entry + 8, random.Next(2) == 0 ? 2 : 4, isBigEndian, random);
                    break;
            }
        }

        return file;
    }

    /// <summary>A chunk is a length, a type, data, and their checksum.</summary>
    private static byte[] ChangePng(byte[] file, Random random)
    {
        var chunks = new List<(int At, int Length)>();
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12)
            {
                break;
            }

            chunks.Add((at, length));
            at += 12 + length;
        }

        for (var n = random.Next(1, 4); n > 0 && chunks.Count > 0; n--)
        {
            // The first chunk has the sizes and the depth.
            var (at, length) = chunks[random.Next(2) == 0 ? 0 : random.Next(chunks.Count)];
            if (random.Next(8) == 0)
            {
                Mutations.OfField(file, at, 4, true, random);
            }
            else if (length > 0)
            {
                Mutations.OfField(file, at + 8 + random.Next(length), random.Next(2) == 0 ? 1 : 4, true, random);
                BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + length),
                    Crc32.Append(0, file.AsSpan(at + 4, 4 + length)));
            }
        }

        return file;
    }

    /// <summary>A segment is 0xFF, a marker, a length, and data; the picture's own bytes follow the last.</summary>
    private static byte[] ChangeJpeg(byte[] file, Random random)
    {
        var segments = new List<(int At, int Length)>();
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF && file[at + 1] != 0xD9;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            segments.Add((at, length));
            at += 2 + length;
        }

        for (var n = random.Next(1, 4); n > 0 && segments.Count > 0; n--)
        {
            var (at, length) = segments[random.Next(segments.Count)];
            var field = random.Next(6) switch { 0 => at + 1, 1 => at + 2, _ => at + 4 + random.Next(Math.Max(1, length - 2)) };
            Mutations.OfField(file, field, random.Next(2) + 1, true, random);
        }

        return file;
    }
}
