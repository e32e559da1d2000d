using System.Security.Cryptography;
using SegLstm.Models.Clip;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language.Clip;

/// <summary>CLIP's text side as encoder of labels, which are given to it as they are, without a sentence around them, as LSeg
/// does.</summary>
public sealed class ClipTextEncoder : ITextEncoder
{
    private readonly ClipModel model;
    private readonly ClipTokenizer tokenizer;

    /// <summary>Makes the encoder.</summary>
    /// <param name="model">The model, which the encoder owns from here on.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="identity">Tells its weights from others.</param>
    /// <exception cref="ArgumentException">The model has another vocabulary or context than the tokenizer.</exception>
    public ClipTextEncoder(ClipModel model, ClipTokenizer tokenizer, string name, string identity)
    {
        if (model.Text.Vocabulary != ClipTokenizer.VocabularySize || model.Text.ContextLength != ClipTokenizer.ContextLength)
        {
            throw new ArgumentException(
                $"The model reads {model.Text.ContextLength} of {model.Text.Vocabulary} tokens, the tokenizer gives "
                + $"{ClipTokenizer.ContextLength} of {ClipTokenizer.VocabularySize}: take OpenAI's weights.", nameof(model));
        }

        (this.model, this.tokenizer, Name, Identity) = (model, tokenizer, name, identity);
        model.eval();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Width => model.Text.EmbedDim;

    /// <summary>Loads the text side of a CLIP file, or of a checkpoint of LSeg.</summary>
    /// <param name="path">The weights.</param>
    /// <param name="merges">The byte pairs; null: the file beside the weights.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message says which.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    /// <exception cref="Checkpoints.CheckpointException">The weights are malformed or hostile.</exception>
    public static ClipTextEncoder Load(string path, string? merges = null)
    {
        var tokenizer = new ClipTokenizer(merges is null ? BytePairMerges.Beside(path) : BytePairMerges.Load(merges));
        using var stream = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new ClipTextEncoder(ClipCheckpoint.Load(path, textOnly: true), tokenizer, $"CLIP {Path.GetFileName(path)}", digest);
    }

    /// <inheritdoc/>
    public Tensor Encode(IReadOnlyList<string> labels)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return model.EncodeText(tokenizer.Tokenize(labels)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
