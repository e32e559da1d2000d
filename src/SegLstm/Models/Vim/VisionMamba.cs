using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>Vision Mamba: patches with a class token in their middle, read by 24 mixers that scan in both directions.</summary>
/// <remarks>
/// <para>Add comes before norm (<see cref="VimLayer"/>). At the end the last mixer's output is added, normed, and the class
/// token read. Images of other sizes get bicubically resized positions; the authors' code takes the training size only.</para>
/// <para>Names <c>cls_token, pos_embed, patch_embed, layers, norm_f, head</c>. Source: Vision Mamba (arXiv 2401.09417);
/// hustvl/Vim, <c>vim/models_mamba.py</c>.</para>
/// <code>
/// var model = new VisionMamba(VimConfig.Tiny);                       // 7,148,008 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));           // (2, 1000)
/// </code>
/// </remarks>
public sealed class VisionMamba : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? cls_token;
    private readonly Parameter pos_embed;
    private readonly nn.Module patch_embed;
    private readonly ModuleList<VimLayer> layers;
    private readonly nn.Module<Tensor, Tensor> norm_f;
    private readonly StochasticDepth drop_path;
    private readonly Linear? head;
    private readonly VimTrunk trunk;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VisionMamba(VimConfig config) : base(nameof(VisionMamba))
    {
        trunk = new VimTrunk(config, nameof(VisionMamba));
        Config = config;
        (pos_embed, patch_embed, layers) = (trunk.Positions, trunk.Patches, trunk.Layers);
        cls_token = config.ClassToken == ClassToken.None ? null : VimInit.Normal(1, 1, config.Dim);
        norm_f = VimLayer.MakeNorm(config);
        drop_path = new StochasticDepth(config.DropPathRate);
        head = config.Classes is { } classes ? VimInit.Head(config.Dim, classes) : null;
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public VimConfig Config { get; }

    /// <summary>Forget what mixers compute inside, and compute it again for their gradients.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>; without a class token and with <see cref="TokenPool.All"/> to
    /// <c>(B, tokens, classes)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands, or sides that patches do not fill.</exception>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (tokens, grid) = trunk.Embed(image, cls_token);
        var (residual, outputs) = trunk.Run(tokens, Config.Depth, ActivationCheckpointing);
        var x = norm_f.call(residual + drop_path.call(outputs[^1]));
        if (Config.ClassTokenIndex(grid.Tokens) is { } index)
        {
            return Score(x.select(1, index)).MoveToOuterDisposeScope();
        }

        return (Config.Pool switch
        {
            TokenPool.Last => Score(x.select(1, x.shape[1] - 1)),
            TokenPool.Mean => Score(x.mean([1])),
            TokenPool.Max => Score(x).amax([1]),
            _ => Score(x),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>Copies parameters into the model; positions of another resolution are resized, a head that the model lacks is
    /// dropped.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = VimCheckpoint.Fit(source, state_dict(), Config);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds for one image; see <see cref="VimComplexity"/>.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public double MultiplyAdds(long height, long width) => VimComplexity.Classifier(Config, height, width);

    private Tensor Score(Tensor x) => head is null ? x : head.call(x);
}
