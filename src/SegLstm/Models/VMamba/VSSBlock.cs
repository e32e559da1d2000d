using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>VMamba's block: <c>x += DropPath(op(norm(x)))</c>, then <c>x += DropPath(mlp(norm2(x)))</c> where it has an
/// MLP.</summary>
/// <remarks>Names <c>norm, op, norm2, mlp</c>. Source: VMamba (arXiv 2401.10166) figure 3; MzeroMiko/VMamba, <c>VSSBlock</c>.</remarks>
public sealed class VSSBlock : nn.Module<Tensor, Tensor>
{
    private readonly GridNorm norm;
    private readonly SS2D op;
    private readonly GridNorm? norm2;
    private readonly VSSMlp? mlp;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the block.</summary>
    /// <param name="config">Its operator.</param>
    /// <param name="mlpRatio">Hidden channels of the MLP a channel; 0: no MLP.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    public VSSBlock(SS2DConfig config, double mlpRatio, double dropPath = 0) : base(nameof(VSSBlock))
    {
        var (dim, first) = (config.Dim, config.ChannelsFirst);
        norm = new GridNorm(dim, first, first);
        op = new SS2D(config);
        drop_path = new StochasticDepth(dropPath);
        if (mlpRatio > 0)
        {
            norm2 = new GridNorm(dim, first, first);
            mlp = new VSSMlp(dim, (long)(dim * mlpRatio), first);
        }

        RegisterComponents();
    }

    /// <summary>A map to a map of the same shape, in the operator's layout.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + drop_path.call(op.call(norm.call(x)));
        x = mlp is null ? x : x + drop_path.call(mlp.call(norm2!.call(x)));
        return x.MoveToOuterDisposeScope();
    }
}
