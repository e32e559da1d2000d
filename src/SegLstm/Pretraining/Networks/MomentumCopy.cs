using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>A network that follows another one slowly and is not trained itself. Its batch norms keep statistics of what they
/// see; those are not copied.</summary>
internal static class MomentumCopy
{
    /// <summary>Gives a network the other's parameters and takes it out of training.</summary>
    public static void Begin(nn.Module copy, nn.Module source)
    {
        Move(copy, source, momentum: 0);
        foreach (var parameter in copy.parameters())
        {
            parameter.requires_grad = false;
        }
    }

    /// <summary>Parameters become <c>momentum · own + (1 - momentum) · source's</c>.</summary>
    public static void Move(nn.Module copy, nn.Module source, double momentum)
    {
        using var frozen = no_grad();
        foreach (var (own, other) in copy.parameters().Zip(source.parameters()))
        {
            own.mul_(momentum).add_(other, alpha: 1 - momentum);
        }
    }
}
