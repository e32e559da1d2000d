using System.Security.Cryptography;
using System.Text;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>
/// Signs messages: HMAC-SHA256 over the four JSON frames, in hexadecimal digits. Safe to share between threads.
/// </summary>
/// <param name="key">The connection file's key; empty where messages are not signed.</param>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Whether messages are signed.</summary>
    public bool IsActive => _key.Length > 0;

    /// <summary>The signature of the frames: 64 lower-case digits, or nothing where messages are not signed.</summary>
    public byte[] Sign(params ReadOnlySpan<byte[]> frames)
    {
        if (!IsActive) return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (byte[] frame in frames) hash.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether a signature is the frames' own. Takes the same time for every wrong one.</summary>
    public bool Verify(ReadOnlySpan<byte> signature, params ReadOnlySpan<byte[]> frames) =>
        !IsActive || CryptographicOperations.FixedTimeEquals(Sign(frames), signature);
}
