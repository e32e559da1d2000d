using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>CLIP's vision transformer: image to a vector in the space that it shares with texts.</summary>
/// <remarks>Names <c>conv1, class_embedding, positional_embedding, ln_pre, transformer, ln_post, proj</c>, under <c>visual</c> in a
/// checkpoint. Source: openai/CLIP, <c>model.py</c>, <c>VisionTransformer</c>.</remarks>
internal sealed class ClipVision : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly Parameter class_embedding;
    private readonly Parameter positional_embedding;
    private readonly LayerNorm ln_pre;
    private readonly ClipTransformer transformer;
    private readonly LayerNorm ln_post;
    private readonly Parameter proj;

    public ClipVision(ClipVisionConfig config, int embedDim) : base(nameof(ClipVision))
    {
        Problems.ThrowIfAny(nameof(ClipVision), config.Validate());
        Config = config;
        var side = config.Resolution / config.PatchSize;
        conv1 = nn.Conv2d(3, config.Width, config.PatchSize, stride: config.PatchSize, bias: false);
        class_embedding = nn.Parameter(zeros(config.Width));
        positional_embedding = nn.Parameter(zeros(1 + (side * side), config.Width));
        ln_pre = nn.LayerNorm(config.Width);
        transformer = new ClipTransformer(config.Width, config.HeadCount, config.Layers);
        ln_post = nn.LayerNorm(config.Width);
        proj = nn.Parameter(zeros(config.Width, embedDim));
        RegisterComponents();
        foreach (var parameter in new[] { class_embedding, positional_embedding, proj })
        {
            nn.init.normal_(parameter, 0, Math.Pow(config.Width, -0.5));
        }
    }

    public ClipVisionConfig Config { get; }

    /// <summary>Normalised images <c>(N, 3, r, r)</c> to <c>(N, E)</c>.</summary>
    /// <exception cref="ArgumentException">The images have another size.</exception>
    public override Tensor forward(Tensor image)
    {
        if (image.dim() != 4 || image.shape[1] != 3 || image.shape[2] != Config.Resolution || image.shape[3] != Config.Resolution)
        {
            throw new ArgumentException(
                $"Expected images (N, 3, {Config.Resolution}, {Config.Resolution}), got ({string.Join(", ", image.shape)}): "
                + "resize them first.", nameof(image));
        }

        using var scope = NewDisposeScope();
        var patches = conv1.call(image).flatten(2).transpose(1, 2);
        var tokens = cat([class_embedding.view(1, 1, -1).expand(image.shape[0], -1, -1), patches], 1) + positional_embedding;
        tokens = transformer.call(ln_pre.call(tokens), null);
        return ln_post.call(tokens.select(1, 0)).matmul(proj).MoveToOuterDisposeScope();
    }
}
