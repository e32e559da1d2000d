using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>Attention of every pixel to the means of coarse grids of the key map: few keys, so it is cheap at any size.</summary>
/// <remarks>
/// Names <c>key_project, query_project, value_project, out_project</c>; out_project starts at 0. With shared projections both
/// names stand for one module. Source: asymmetric non-local networks (arXiv 1908.07678); mmsegmentation,
/// <c>SelfAttentionBlock</c>.
/// </remarks>
internal sealed class PooledAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ConvNormAct key_project;
    private readonly ConvNormAct query_project;
    private readonly Conv2d value_project;
    private readonly Conv2d out_project;
    private readonly int[] keyScales;

    public PooledAttention(int queryChannels, int keyChannels, int channels, int outChannels, bool shareKeyQuery, int[] keyScales)
        : base(nameof(PooledAttention))
    {
        this.keyScales = keyScales;
        key_project = new ConvNormAct(keyChannels, channels, 1);
        query_project = shareKeyQuery ? key_project : new ConvNormAct(queryChannels, channels, 1);
        value_project = nn.Conv2d(keyChannels, channels, 1);
        out_project = nn.Conv2d(channels, outChannels, 1);
        nn.init.zeros_(out_project.weight!);
        nn.init.zeros_(out_project.bias!);
        RegisterComponents();
    }

    /// <summary>Queries <c>(N, cq, h, w)</c> and keys <c>(N, ck, h', w')</c> to <c>(N, out, h, w)</c>.</summary>
    public override Tensor forward(Tensor queries, Tensor keys)
    {
        using var scope = NewDisposeScope();
        var q = query_project.call(queries).flatten(2).transpose(1, 2);
        var k = Pool(key_project.call(keys));
        var v = Pool(value_project.call(keys)).transpose(1, 2);
        var attention = (q.matmul(k) * Math.Pow(q.shape[^1], -0.5)).softmax(-1);
        var context = attention.matmul(v).transpose(1, 2).reshape(queries.shape[0], -1, queries.shape[2], queries.shape[3]);
        return out_project.call(context).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for maps of these sizes.</summary>
    public double MultiplyAdds(long queryPixels, long keyPixels)
    {
        double anchors = keyScales.Sum(scale => scale * scale), channels = key_project.OutChannels;
        var outChannels = (double)out_project.weight!.shape[0];
        return query_project.MultiplyAdds(queryPixels) + key_project.MultiplyAdds(keyPixels)
            + (keyPixels * channels * (key_project.InChannels + 1)) + (2.0 * keyScales.Length * keyPixels * channels)
            + (queryPixels * anchors * ((2 * channels) + 2)) + (queryPixels * outChannels * (channels + 1));
    }

    /// <summary><c>(N, c, h, w)</c> to the means of all grids, <c>(N, c, anchors)</c>.</summary>
    private Tensor Pool(Tensor x) =>
        cat([.. keyScales.Select(scale => nn.functional.adaptive_avg_pool2d(x, scale).flatten(2))], 2);
}
