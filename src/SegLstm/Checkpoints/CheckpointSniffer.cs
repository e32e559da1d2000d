using System.Buffers.Binary;
using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Checkpoints;

/// <summary>Tells a checkpoint's format from its first bytes.</summary>
internal static class CheckpointSniffer
{
    private const byte Proto = (byte)PickleOpcode.Proto;

    /// <summary>What other files begin with, and what to do with them.</summary>
    private static readonly (byte[] Start, string What)[] Others =
    [
        ([0x93, .. "NUMPY"u8], "a NumPy array: load it in Python and save a dictionary of tensors with torch.save"),
        ("<"u8.ToArray(), "a web page or XML, perhaps what a server answered instead of the file: download it again"),
        ("version https://git-lfs"u8.ToArray(), "a pointer of Git LFS: run 'git lfs pull' where it is from"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG picture"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file, perhaps Keras weights"),
        ([0x1F, 0x8B], "a gzip file: unpack it first"),
    ];

    /// <summary>The format of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointException">It begins like no checkpoint.</exception>
    public static CheckpointFormat Of(string path)
    {
        using var source = new FileSource(path);
        var start = new byte[Math.Min(512, source.Length)];
        source.Read(0, start);
        if (Path.GetExtension(path) == ".safetensors" || (start is [_, _, _, _, _, _, _, _, (byte)'{', ..]
            && BinaryPrimitives.ReadUInt64LittleEndian(start) <= SafeTensorsHeader.MaximumLength))
        {
            return CheckpointFormat.SafeTensors;
        }

        if (start is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..])
        {
            return CheckpointFormat.TorchZip;
        }

        if (start is [Proto, <= 5, ..])
        {
            return CheckpointFormat.TorchLegacy;
        }

        throw Unknown(path, source, start);
    }

    private static CheckpointException Unknown(string path, FileSource source, byte[] start)
    {
        var what = Others.FirstOrDefault(other => start.AsSpan().StartsWith(other.Start)).What;
        if (what is null && Forbidden(source) is { } refusal)
        {
            return refusal.In(path);
        }

        if (start.Length > 262 && start.AsSpan(257).StartsWith("ustar"u8))
        {
            what = "a tar archive, as torch wrote before version 0.1.10: load it in Python with an old torch and save it again";
        }

        what ??= start.Length == 0 ? "empty"
            : $"of an unknown kind (it begins with {Convert.ToHexString(start.AsSpan(0, Math.Min(8, start.Length)))})";
        return new CheckpointException(CheckpointError.NotACheckpoint,
            $"{path} is no checkpoint: it is {what}. Expected .safetensors, or .pth or .pt as torch.save writes it.");
    }

    /// <summary>Pickles of protocols 0 and 1 have no mark at their beginning; what such a one asks for is worth
    /// telling.</summary>
    private static CheckpointException? Forbidden(FileSource source)
    {
        try
        {
            var budget = new MemoryBudget();
            PickleReader.Read(new PickleInput(source, 0, source.Length, budget), budget);
            return null;
        }
        catch (CheckpointException refusal)
        {
            return refusal.Error == CheckpointError.ForbiddenGlobal ? refusal : null;
        }
    }
}
