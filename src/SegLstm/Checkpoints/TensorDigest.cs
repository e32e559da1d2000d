using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>SHA-256 over names, types, shapes and bytes of tensors.</summary>
internal static class TensorDigest
{
    /// <summary>The digest in hexadecimal digits; the order of the tensors does not matter.</summary>
    /// <param name="tensors">Names and dense tensors on any device.</param>
    /// <param name="text">Text that is taken in too.</param>
    public static string Of(IEnumerable<KeyValuePair<string, Tensor>> tensors, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, text);
        foreach ((string name, Tensor value) in tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            Append(hash, $"{name}:{value.dtype}:{string.Join(",", value.shape)}");
            Tensor flat = value.detach().cpu().contiguous().view(-1);
            foreach ((long from, int count) in SafeTensorsFile.Pieces(flat.numel() * flat.element_size()))
            {
                using Tensor part = flat.narrow(0, from / flat.element_size(), count / flat.element_size());
                hash.AppendData(part.bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length in front keeps two texts from running into each other.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
