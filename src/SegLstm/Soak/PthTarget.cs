using System.IO.Compression;
using SegLstm.Checkpoints;

namespace SegLstm.Soak;

/// <summary>
/// .pth: the instructions of its pickles are changed, and the parts and fields of the archive around them, whose checksums are
/// made right again so that the changes are reached.
/// </summary>
internal sealed class PthTarget(string name, IReadOnlyList<SoakSeed> seeds) : SoakTarget(name, ".pth", seeds)
{
    private static readonly byte[][] Signatures = [[.. "PK"u8, 1, 2], [.. "PK"u8, 3, 4], [.. "PK"u8, 5, 6]];

    public override bool Read(string path)
    {
        try
        {
            foreach (var tensor in Checkpoint.Load(path).Values)
            {
                tensor.Dispose();
            }

            return true;
        }
        catch (CheckpointException)
        {
            return false;
        }
        catch (SafeTensorsException)
        {
            // A changed byte may make it begin like one.
            return false;
        }
    }

    protected override byte[] Change(byte[] seed, Random random) =>
        seed.AsSpan().StartsWith(Signatures[1]) ? ChangeZip(seed, random) : ChangeLegacy(seed, random);

    private static byte[] ChangeZip(byte[] seed, Random random)
    {
        var parts = Parts(seed);
        var pickle = parts.FindIndex(part => part.Name.EndsWith("data.pkl", StringComparison.Ordinal));
        if (pickle < 0)
        {
            return Mutations.OfBytes(seed, random);
        }

        if (random.Next(4) > 0)
        {
            var tokens = PickleTokens.Split(parts[pickle].Bytes, out _);
            PickleTokens.Change(tokens, random);
            parts[pickle] = (parts[pickle].Name, [.. tokens.SelectMany(token => token)]);
        }

        if (random.Next(4) == 0)
        {
            ChangePart(parts, random.Next(parts.Count), random);
        }

        var changed = Zip(parts, random.Next(6) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
        return random.Next(4) == 0 ? ChangeField(changed, random) : changed;
    }

    /// <summary>The parts of an archive; none of one that is broken, which a user may give.</summary>
    private static List<(string Name, byte[] Bytes)> Parts(byte[] archive)
    {
        var parts = new List<(string, byte[])>();
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive));
            foreach (var entry in zip.Entries)
            {
                using var stream = entry.Open();
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                parts.Add((entry.FullName, bytes.ToArray()));
            }

            return parts;
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static void ChangePart(List<(string Name, byte[] Bytes)> parts, int at, Random random)
    {
        var (name, bytes) = parts[at];
        switch (random.Next(5))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Add(parts[at]);
                break;
            case 2:
                parts[at] = (name, Mutations.OfBytes(bytes, random));
                break;
            case 3:
                parts[at] = (name + (char)random.Next(1, 300), bytes);
                break;
            default:
                parts[at] = (name, new byte[random.Next(1 << random.Next(1, 20))]);
                break;
        }
    }

    /// <summary>A field of a local header, a directory entry or the directory's end.</summary>
    private static byte[] ChangeField(byte[] file, Random random)
    {
        var places = new List<int>();
        foreach (var signature in Signatures)
        {
            for (var at = file.AsSpan().IndexOf(signature); at >= 0; at = Next(file, at + 1, signature))
            {
                places.Add(at);
            }
        }

        for (var n = random.Next(1, 3); n > 0 && places.Count > 0; n--)
        {
            Mutations.OfField(file, places[random.Next(places.Count)] + (2 * random.Next(2, 23)), random.Next(2) == 0 ? 2 : 4,
                false, random);
        }

        return file;

        static int Next(byte[] file, int from, byte[] signature) =>
            file.AsSpan(from).IndexOf(signature) is var found && found < 0 ? -1 : from + found;
    }

    private static byte[] ChangeLegacy(byte[] seed, Random random)
    {
        var parts = new List<byte[]>();
        var at = 0;
        var changed = random.Next(5);
        for (var pickle = 0; pickle < 5; pickle++)
        {
            var tokens = PickleTokens.Split(seed.AsSpan(at), out var length);
            if (pickle == changed)
            {
                PickleTokens.Change(tokens, random);
            }

            parts.AddRange(tokens);
            at += length;
        }

        var rest = seed[at..];
        return [.. parts.SelectMany(token => token), .. random.Next(5) == 0 ? Mutations.OfBytes(rest, random) : rest];
    }

    private static byte[] Zip(List<(string Name, byte[] Bytes)> parts, CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name, level).Open();
                part.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
