using static TorchSharp.torch;

namespace SegLstm.Language;

/// <summary>Turns labels into vectors that pixels are compared with. It is never trained here.</summary>
public interface ITextEncoder : IDisposable
{
    /// <summary>What it is, for people: "CLIP ViT-B-32.pt", "GloVe".</summary>
    string Name { get; }

    /// <summary>Tells apart encoders that give other vectors for the same words: a digest of weights or of a file.</summary>
    string Identity { get; }

    /// <summary>C, width of the vectors.</summary>
    int Width { get; }

    /// <summary>Encodes labels, without looking whether they make a list (<see cref="LabelList"/> does).</summary>
    /// <param name="labels">K labels.</param>
    /// <returns><c>(K, C)</c> float32 on the CPU, not normalised; the caller owns it.</returns>
    /// <exception cref="ArgumentException">A label cannot be encoded: it is too long, or no word of it is known; the message says
    /// which and what to do.</exception>
    Tensor Encode(IReadOnlyList<string> labels);
}
