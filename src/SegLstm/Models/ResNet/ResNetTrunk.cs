using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.ResNet;

/// <summary>What the ResNet backbone and the ResNet classifier share: the stem and the four stages.</summary>
/// <remarks>It is no module itself, so that both can register its parts under torchvision's flat names.</remarks>
internal sealed class ResNetTrunk
{
    /// <summary>Makes the parts with fresh parameters.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public ResNetTrunk(ResNetConfig config)
    {
        Problems.ThrowIfAny("ResNet", config.Validate());

        Config = config;
        Conv1 = nn.Conv2d(config.Channels, config.Width, 7, stride: 2, padding: 3, bias: false);
        Bn1 = nn.BatchNorm2d(config.Width, momentum: config.BatchNormMomentum);
        var (inChannels, stride, dilation) = (config.Width, 4, 1);
        Stages = new ModuleList<Bottleneck>[4];
        for (var stage = 0; stage < 4; stage++)
        {
            var (width, step, before) = (config.Width << stage, 1, dilation);
            if (stage > 0 && stride < config.OutputStride)
            {
                (step, stride) = (2, 2 * stride);
            }
            else if (stage > 0)
            {
                dilation *= 2;
            }

            var first = config.Dilation == DilationRule.WholeStage ? dilation : before;
            var blocks = new List<Bottleneck> { new(inChannels, width, step, first, config.BatchNormMomentum) };
            inChannels = 4 * width;
            while (blocks.Count < config.Blocks[stage])
            {
                blocks.Add(new Bottleneck(inChannels, width, 1, dilation, config.BatchNormMomentum));
            }

            Stages[stage] = new ModuleList<Bottleneck>([.. blocks]);
        }

        foreach (var convolution in Blocks.SelectMany(block => block.modules()).OfType<Conv2d>().Append(Conv1))
        {
            nn.init.kaiming_normal_(convolution.weight, 0, config.InitFan, nn.init.NonlinearityType.ReLU);
        }
    }

    public ResNetConfig Config { get; }

    public Conv2d Conv1 { get; }

    public BatchNorm2d Bn1 { get; }

    public ModuleList<Bottleneck>[] Stages { get; }

    private IEnumerable<Bottleneck> Blocks => Stages.SelectMany(stage => stage);

    /// <summary><c>(N, bands, h, w)</c> to the maps of the four stages; they belong to the caller's scope.</summary>
    /// <exception cref="ArgumentException">The image has other bands.</exception>
    public Tensor[] Forward(Tensor image, bool checkpointing)
    {
        if (image.dim() != 4 || image.shape[1] != Config.Channels)
        {
            throw new ArgumentException(
                $"Expected an image (N, {Config.Channels}, h, w), got ({string.Join(", ", image.shape)}). " +
                "Give these bands, or make the model for others.", nameof(image));
        }

        using var scope = NewDisposeScope();
        var x = nn.functional.relu(Bn1.call(Conv1.call(image)));
        x = nn.functional.max_pool2d(x, 3, stride: 2, padding: 1);
        var maps = new Tensor[4];
        for (var stage = 0; stage < 4; stage++)
        {
            foreach (var block in Stages[stage])
            {
                x = ActivationCheckpoint.Run(checkpointing, block.forward, x);
            }

            maps[stage] = x.MoveToOuterDisposeScope();
        }

        return maps;
    }

    /// <summary>Multiply-adds for an image; the pooling counts its nine comparisons.</summary>
    public double MultiplyAdds(long height, long width)
    {
        var (rows, columns) = ((height + 1) / 2, (width + 1) / 2);
        var total = (double)rows * columns * Config.Width * ((49 * Config.Channels) + 3);
        (rows, columns) = ((rows + 1) / 2, (columns + 1) / 2);
        total += 9.0 * rows * columns * Config.Width;
        foreach (var block in Blocks)
        {
            total += block.MultiplyAdds(rows, columns);
            (rows, columns) = (block.Reduce(rows), block.Reduce(columns));
        }

        return total;
    }
}
