using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.ResNet;

/// <summary>A ResNet as segmentation backbone: the maps of its four stages.</summary>
/// <remarks>
/// <para>Names <c>conv1, bn1, layer{1..4}.{i}.{conv1,bn1,conv2,bn2,conv3,bn3,downsample.0,downsample.1}</c>. Any image size
/// works: sides that are no multiples of the stride are rounded up, as the padding of the convolutions has it.</para>
/// <para>With activation checkpointing the blocks are computed twice, but the running statistics of their batch norms move once
/// (<see cref="Layers.ActivationCheckpoint.Normalise"/>): the model is the same after a step with and without it.</para>
/// <para>Source: He et al. (arXiv 1512.03385); torchvision, <c>resnet.py</c>; GeoX-Lab/G-RSIM,
/// <c>deeplab_utils/ResNet.py</c>.</para>
/// <code>
/// var backbone = new ResNetBackbone(ResNetConfig.ResNet50 with { OutputStride = 16, Channels = 4 });
/// Tensor[] maps = backbone.forward(torch.randn(1, 4, 224, 224));   // 256, 512, 1024, 2048 channels at 56², 28², 14², 14²
/// </code>
/// </remarks>
public sealed class ResNetBackbone : Backbone
{
    private readonly ResNetTrunk trunk;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ModuleList<Bottleneck> layer1;
    private readonly ModuleList<Bottleneck> layer2;
    private readonly ModuleList<Bottleneck> layer3;
    private readonly ModuleList<Bottleneck> layer4;

    /// <summary>Makes the backbone.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public ResNetBackbone(ResNetConfig config) : base(nameof(ResNetBackbone), config.Strides, config.StageChannels)
    {
        trunk = new ResNetTrunk(config);
        (conv1, bn1) = (trunk.Conv1, trunk.Bn1);
        (layer1, layer2, layer3, layer4) = (trunk.Stages[0], trunk.Stages[1], trunk.Stages[2], trunk.Stages[3]);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public ResNetConfig Config => trunk.Config;

    /// <inheritdoc/>
    public override int SizeMultiple => Config.OutputStride;

    /// <summary><c>(N, bands, h, w)</c> to four maps <c>(N, Channels[k], ⌈h/Strides[k]⌉, ⌈w/Strides[k]⌉)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public override Tensor[] forward(Tensor image) => trunk.Forward(image, ActivationCheckpointing);

    /// <summary>Makes a checkpoint fit: torchvision's classifier <c>fc</c> is dropped, LSeg's grouping of the stem and the first
    /// stage (<c>layer1.{0,1,4}</c>) undone, and batch counts that files before PyTorch 0.4 lack are 0.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint)
    {
        var grouped = checkpoint.ContainsKey("layer1.0.weight");
        var fitted = checkpoint.Where(entry => !entry.Key.StartsWith("fc.", StringComparison.Ordinal))
            .ToDictionary(entry => grouped ? Ungroup(entry.Key) : entry.Key, entry => entry.Value);
        const string Mean = "running_mean", Count = "num_batches_tracked";
        foreach (var name in fitted.Keys.Where(key => key.EndsWith(Mean, StringComparison.Ordinal)).ToArray())
        {
            if (!fitted.ContainsKey(name[..^Mean.Length] + Count))
            {
                fitted.Add(name[..^Mean.Length] + Count, zeros([], ScalarType.Int64));
            }
        }

        return fitted;
    }

    /// <summary>Starts the stem's convolution at PyTorch's default, as code does that puts a new one for other bands in its
    /// place.</summary>
    internal void ResetStem() => conv1.reset_parameters();

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => trunk.MultiplyAdds(height, width);

    /// <summary>LSeg's <c>layer1</c> is Sequential(conv1, bn1, relu, maxpool, layer1).</summary>
    private static string Ungroup(string name)
    {
        foreach (var (from, to) in new[] { ("layer1.0.", "conv1."), ("layer1.1.", "bn1."), ("layer1.4.", "layer1.") })
        {
            if (name.StartsWith(from, StringComparison.Ordinal))
            {
                return to + name[from.Length..];
            }
        }

        return name;
    }
}
