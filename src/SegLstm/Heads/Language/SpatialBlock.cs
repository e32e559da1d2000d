using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Language;

/// <summary>Smooths the scores of labels: one 3×3 kernel and one bias, ten numbers in all, for every label and every
/// application. The order of labels does not matter.</summary>
/// <remarks>
/// The bottleneck adds the largest score of all labels to each label's, which needs the whole list of labels.
/// Names <c>depthwise.depthwise</c>. Source: isl-org/lang-seg, <c>lseg_net.py</c>, <c>bottleneck_block, depthwise_block</c>.
/// </remarks>
internal sealed class SpatialBlock : nn.Module<Tensor, Tensor>
{
    private readonly SharedKernel depthwise;
    private readonly LanguageHeadConfig config;

    public SpatialBlock(LanguageHeadConfig config) : base(nameof(SpatialBlock))
    {
        this.config = config;
        depthwise = new SharedKernel();
        RegisterComponents();
    }

    /// <summary>Scores <c>(N, K, h, w)</c> to smoothed ones.</summary>
    public override Tensor forward(Tensor scores)
    {
        using var scope = NewDisposeScope();
        for (var left = Math.Max(config.BlockDepth, 1); left > 0; left--)
        {
            var smoothed = depthwise.call(scores);
            if (config.Block == LanguageBlock.Bottleneck)
            {
                smoothed = smoothed + scores.max(1, keepdim: true).values;
            }

            scores = left == 1 ? smoothed : Activate(smoothed);
        }

        return scores.MoveToOuterDisposeScope();
    }

    private Tensor Activate(Tensor x) => config.Activation switch
    {
        LanguageActivation.Relu => nn.functional.relu(x),
        LanguageActivation.Tanh => x.tanh(),
        _ => nn.functional.leaky_relu(x, 0.01),
    };

    /// <summary>The convolution, each label a picture of one channel.</summary>
    private sealed class SharedKernel : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d depthwise;

        public SharedKernel() : base(nameof(SharedKernel))
        {
            depthwise = nn.Conv2d(1, 1, 3, padding: 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor scores)
        {
            using var scope = NewDisposeScope();
            return depthwise.call(scores.flatten(0, 1).unsqueeze(1)).view(scores.shape).MoveToOuterDisposeScope();
        }
    }
}
