using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>Two 3×3 convolutions, each with its ReLU in front, and the input added.</summary>
/// <remarks>
/// The input is added as it came, not rectified. With batch norm the convolutions have no bias. Names
/// <c>conv1, conv2, bn1, bn2</c>. Source: isl-org/lang-seg, <c>ResidualConvUnit_custom</c>.
/// </remarks>
internal sealed class ResidualConvUnit : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d? bn1;
    private readonly BatchNorm2d? bn2;
    private readonly int features;

    public ResidualConvUnit(int features, bool batchNorm) : base(nameof(ResidualConvUnit))
    {
        this.features = features;
        conv1 = nn.Conv2d(features, features, 3, padding: 1, bias: !batchNorm);
        conv2 = nn.Conv2d(features, features, 3, padding: 1, bias: !batchNorm);
        bn1 = batchNorm ? nn.BatchNorm2d(features) : null;
        bn2 = batchNorm ? nn.BatchNorm2d(features) : null;
        RegisterComponents();
    }

    /// <summary><c>(N, F, h, w)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var y = Normalise(bn1, conv1.call(nn.functional.relu(x)));
        return (Normalise(bn2, conv2.call(nn.functional.relu(y))) + x).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels.</summary>
    public double MultiplyAdds(long pixels)
    {
        var convolution = (9.0 * features) + 1 + (bn1 is null ? 1 : 2);
        return pixels * (double)features * ((2 * convolution) + 1);
    }

    private static Tensor Normalise(BatchNorm2d? norm, Tensor x) => norm is null ? x : ActivationCheckpoint.Normalise(norm, x);
}
