using SegLstm.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>CLIP: texts and images to vectors of one space, in which what belongs together lies in one direction.</summary>
/// <remarks>
/// <para>Names <c>token_embedding, positional_embedding, transformer, ln_final, text_projection, logit_scale, visual.*</c>, as in
/// OpenAI's files; <see cref="ClipCheckpoint"/> reads those. The image side is a vision transformer or left out, as LSeg has no
/// use for it; CLIP's ResNets are not built here.</para>
/// <para>Positions behind the end of a text cannot reach the result, as attention looks back only. Texts of similar length are
/// computed together, up to the end of the longest of them. Source: Radford et al. (arXiv 2103.00020); openai/CLIP, <c>model.py</c>.</para>
/// <code>
/// using var clip = ClipCheckpoint.Load("ViT-B-32.pt");
/// var tokenizer = new ClipTokenizer(BytePairMerges.Beside("ViT-B-32.pt"));
/// var texts = clip.EncodeText(tokenizer.Tokenize(["a field", "a river"]));     // (2, 512)
/// </code>
/// </remarks>
public sealed class ClipModel : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding token_embedding;
    private readonly Parameter positional_embedding;
    private readonly ClipTransformer transformer;
    private readonly LayerNorm ln_final;
    private readonly Parameter text_projection;
    private readonly Parameter logit_scale;
    private readonly ClipVision? visual;

    /// <summary>Makes the model with fresh parameters.</summary>
    /// <param name="text">The text side.</param>
    /// <param name="vision">The image side; null leaves it out.</param>
    /// <exception cref="ArgumentException">A configuration is not valid; the message lists all problems.</exception>
    public ClipModel(ClipTextConfig text, ClipVisionConfig? vision = null) : base(nameof(ClipModel))
    {
        Problems.ThrowIfAny(nameof(ClipModel), text.Validate());
        Text = text;
        token_embedding = nn.Embedding(text.Vocabulary, text.Width);
        positional_embedding = nn.Parameter(zeros(text.ContextLength, text.Width));
        transformer = new ClipTransformer(text.Width, text.HeadCount, text.Layers);
        ln_final = nn.LayerNorm(text.Width);
        text_projection = nn.Parameter(zeros(text.Width, text.EmbedDim));
        logit_scale = nn.Parameter(tensor((float)Math.Log(1 / 0.07)));
        visual = vision is null ? null : new ClipVision(vision, text.EmbedDim);
        RegisterComponents();
        nn.init.normal_(token_embedding.weight!, 0, 0.02);
        nn.init.normal_(positional_embedding, 0, 0.01);
        nn.init.normal_(text_projection, 0, Math.Pow(text.Width, -0.5));
    }

    /// <summary>The text side.</summary>
    public ClipTextConfig Text { get; }

    /// <summary>The image side; null: there is none.</summary>
    public ClipVisionConfig? Vision => visual?.Config;

    /// <summary>Images <c>(N, 3, r, r)</c> and token ids <c>(K, L)</c> to logits <c>(N, K)</c>: cosines times
    /// exp(<c>logit_scale</c>).</summary>
    /// <exception cref="InvalidOperationException">The model has no image side.</exception>
    public override Tensor forward(Tensor image, Tensor ids)
    {
        using var scope = NewDisposeScope();
        return Similarity(EncodeImage(image), EncodeText(ids)).MoveToOuterDisposeScope();
    }

    /// <summary>Token ids <c>(K, L)</c> int64, as the tokenizer gives them, to vectors <c>(K, E)</c>, not normalised.</summary>
    public Tensor EncodeText(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var (lengths, order) = (ids.argmax(1) + 1).sort();
        var sorted = ids.index_select(0, order);
        var ends = TextGroups.Of(lengths.data<long>().ToArray()).Select(group =>
            Ends(sorted.narrow(0, group.Start, group.Count), lengths.narrow(0, group.Start, group.Count)));
        return cat([.. ends], 0).index_select(0, order.argsort()).matmul(text_projection).MoveToOuterDisposeScope();
    }

    /// <summary>Normalised images <c>(N, 3, r, r)</c> to vectors <c>(N, E)</c>, not normalised.</summary>
    /// <exception cref="InvalidOperationException">The model has no image side.</exception>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    public Tensor EncodeImage(Tensor image) => (visual ?? throw new InvalidOperationException(
        "This CLIP model has no image side: its file has none, or a ResNet, which is not built here. Take a ViT's file."))
        .call(image);

    /// <summary>Vectors <c>(N, E)</c> and <c>(K, E)</c> to logits <c>(N, K)</c>.</summary>
    public Tensor Similarity(Tensor images, Tensor texts)
    {
        using var scope = NewDisposeScope();
        return (logit_scale.exp() * Unit(images).matmul(Unit(texts).t())).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="StateDictException">Names or shapes differ; the message tells all of them.</exception>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        StateDictFit.Require(this, source, strict, skip);
        return base.load_state_dict(source, strict, skip);
    }

    /// <summary>Tokens behind <c>ln_final</c>, <c>(K, L, W)</c>.</summary>
    internal Tensor Hidden(Tensor ids)
    {
        using var scope = NewDisposeScope();
        var length = ids.shape[1];
        var tokens = token_embedding.call(ids) + positional_embedding.narrow(0, 0, length);
        var mask = full([length, length], double.NegativeInfinity, dtype: tokens.dtype, device: tokens.device).triu(1);
        return ln_final.call(transformer.call(tokens, mask)).MoveToOuterDisposeScope();
    }

    /// <summary>What <c>ln_final</c> gives at the end of each text, <c>(K, W)</c>; the last one is the longest.</summary>
    private Tensor Ends(Tensor ids, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        var hidden = Hidden(ids.narrow(1, 0, lengths[-1].item<long>()));
        return hidden.gather(1, (lengths - 1).view(-1, 1, 1).expand(-1, -1, Text.Width)).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Vectors <c>(…, E)</c> over their length.</summary>
    internal static Tensor Unit(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        return (vectors / vectors.norm(-1, keepdim: true)).MoveToOuterDisposeScope();
    }
}
