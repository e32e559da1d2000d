using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SegLstm.Training;

/// <summary>
/// One root seed and the named, independent streams derived from it: "init", "shuffle", "augment", "dropout" ...
/// Drawing more from one stream never moves another, and an item's numbers depend on (seed, stream, epoch, index) only,
/// not on the thread or the order in which items are asked for.
/// </summary>
/// <param name="root">The seed of the run; the only number that has to be written down to repeat it.</param>
public sealed class SeedStreams(long root)
{
    /// <summary>The seed all streams come from.</summary>
    public long Root { get; } = root;

    /// <summary>The seed of a stream, not negative: the first bytes of SHA-256 over the root seed and the name.</summary>
    /// <param name="stream">The stream's name.</param>
    public long this[string stream] => Digest(stream, 0, 0);

    /// <summary>The seed of one item of a stream, not negative: for generators other than .NET's, such as libtorch's.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="epoch">Pass over the data, or iteration, from 0.</param>
    /// <param name="index">The item within it.</param>
    public long this[string stream, long epoch, long index = 0] => Digest(stream, epoch + 1, index);

    /// <summary>The random numbers of one item of a stream.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="epoch">Pass over the data, from 0.</param>
    /// <param name="index">The item within the pass.</param>
    public Random Draw(string stream, long epoch, long index = 0) => new(unchecked((int)Digest(stream, epoch + 1, index)));

    private long Digest(string stream, long epoch, long index)
    {
        byte[] name = Encoding.UTF8.GetBytes(stream);
        byte[] message = new byte[24 + name.Length];
        BinaryPrimitives.WriteInt64LittleEndian(message, Root);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8), epoch);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(16), index);
        name.CopyTo(message.AsSpan(24));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest) & long.MaxValue;
    }
}
