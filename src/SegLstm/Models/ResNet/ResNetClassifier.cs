using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.ResNet;

/// <summary>A ResNet as image classifier: the mean of the last map, then a linear layer.</summary>
/// <remarks>Names as in torchvision: those of <see cref="ResNetBackbone"/> and <c>fc</c>. 25,557,032 parameters for ResNet-50 and
/// 44,549,160 for ResNet-101 with 1000 classes.</remarks>
public sealed class ResNetClassifier : nn.Module<Tensor, Tensor>
{
    private readonly ResNetTrunk trunk;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ModuleList<Bottleneck> layer1;
    private readonly ModuleList<Bottleneck> layer2;
    private readonly ModuleList<Bottleneck> layer3;
    private readonly ModuleList<Bottleneck> layer4;
    private readonly Linear fc;

    /// <summary>Makes the classifier.</summary>
    /// <param name="config">The ResNet.</param>
    /// <param name="classes">Classes.</param>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public ResNetClassifier(ResNetConfig config, int classes) : base(nameof(ResNetClassifier))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        trunk = new ResNetTrunk(config);
        (conv1, bn1) = (trunk.Conv1, trunk.Bn1);
        (layer1, layer2, layer3, layer4) = (trunk.Stages[0], trunk.Stages[1], trunk.Stages[2], trunk.Stages[3]);
        fc = nn.Linear(config.StageChannels[3], classes);
        RegisterComponents();
    }

    /// <summary><c>(N, bands, h, w)</c> to logits <c>(N, classes)</c>.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        return fc.call(trunk.Forward(image, checkpointing: false)[3].mean([2, 3])).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for one image, by the convention of <see cref="Complexity"/>.</summary>
    public double MultiplyAdds(long height, long width)
    {
        double channels = fc.weight.shape[1], pixels = Math.Ceiling(height / 32.0) * Math.Ceiling(width / 32.0);
        return trunk.MultiplyAdds(height, width) + (pixels * channels) + ((channels + 1) * fc.weight.shape[0]);
    }
}
