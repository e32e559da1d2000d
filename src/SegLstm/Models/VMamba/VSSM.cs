using SegLstm.Checkpoints;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>The VMamba image classifier.</summary>
/// <remarks>
/// <para>Names <c>patch_embed, layers, classifier.norm, classifier.head</c>; older names are translated on loading
/// (<see cref="VMambaCheckpoint"/>). Source: VMamba (arXiv 2401.10166); MzeroMiko/VMamba, <c>VSSM</c>.</para>
/// <code>
/// var model = new VSSM(VMambaConfig.TinyS1L8);                          // 30,249,064 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));              // (2, 1000)
/// </code>
/// </remarks>
public sealed class VSSM : nn.Module<Tensor, Tensor>
{
    private readonly PatchStem patch_embed;
    private readonly ModuleList<VSSStage> layers;
    private readonly VSSMClassifier classifier;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VSSM(VMambaConfig config) : base(nameof(VSSM))
    {
        Config = config.Checked(nameof(VSSM));
        patch_embed = new PatchStem(config);
        layers = VSSStage.All(config);
        classifier = new VSSMClassifier(config.Dims[^1], config.Classes, config.ChannelsFirst);
        RegisterComponents();
        VMambaInit.Apply(this);
    }

    /// <summary>The configuration it was made with.</summary>
    public VMambaConfig Config { get; }

    /// <summary>Forget what blocks compute inside, and compute it again for their gradients.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary><c>(B, bands, h, w)</c> to <c>(B, classes)</c>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = patch_embed.call(image);
        foreach (var stage in layers)
        {
            x = stage.Next(stage.Refine(x, ActivationCheckpointing));
        }

        return classifier.call(x).MoveToOuterDisposeScope();
    }

    /// <summary>Copies parameters into the model; names of older checkpoints are translated.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = VMambaCheckpoint.Fit(source, state_dict());
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Multiply-adds for one image, by the convention of <see cref="Complexity"/>.</summary>
    /// <param name="height">Image rows.</param>
    /// <param name="width">Image columns.</param>
    public double MultiplyAdds(long height, long width) => VMambaComplexity.Classifier(Config, height, width);
}
