using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>A block of the ViL training code: <c>x + DropPath(xlstm(xlstm_norm(x)))</c>.</summary>
/// <remarks>Names <c>xlstm_norm, xlstm</c>. Source: NX-AI/vision-lstm, <c>xLSTMBlock</c>.</remarks>
public sealed class MlstmBlock : nn.Module<Tensor, TokenLayout, Tensor>
{
    private readonly ResidualLayerNorm xlstm_norm;
    private readonly MlstmLayer xlstm;
    private readonly DropPath drop_path1;
    private readonly int index;

    /// <summary>Makes the block.</summary>
    /// <param name="config">Its layer.</param>
    /// <param name="index">Its place in the network from 0: chooses the direction of reading.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    public MlstmBlock(MlstmLayerConfig config, int index, double dropPath = 0) : base(nameof(MlstmBlock))
    {
        this.index = index;
        xlstm_norm = new ResidualLayerNorm(config.Dim, config.Bias);
        xlstm = new MlstmLayer(config);
        drop_path1 = new DropPath(dropPath);
        RegisterComponents();
    }

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>.</summary>
    public override Tensor forward(Tensor x, TokenLayout layout) => drop_path1.call(x, u =>
    {
        using var normed = xlstm_norm.call(u);
        return xlstm.forward(normed, index, layout);
    });
}
