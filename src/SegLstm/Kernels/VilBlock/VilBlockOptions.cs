using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>How a ViL sub-block reads its tokens.</summary>
/// <param name="Rows">Rows of the grid.</param>
/// <param name="Columns">Tokens in a row.</param>
/// <param name="Reverse">Whether the last token is read first.</param>
/// <param name="Chunk">Tokens in a chunk of the mLSTM.</param>
/// <param name="Eps">Added to the normaliser of the mLSTM.</param>
internal sealed record VilBlockOptions(int Rows, int Columns, bool Reverse, int Chunk, double Eps)
{
    /// <summary>Added to the variance by the norms.</summary>
    public const double NormEps = 1e-5;

    /// <summary>Checks that tokens <c>(B, S, ...)</c> fill the grid.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public void CheckTokens(Tensor x)
    {
        if ((long)Rows * Columns != x.shape[1])
        {
            throw new ArgumentException($"x: expected {Rows} x {Columns} tokens, got {TokenTensors.Text(x)}.", nameof(x));
        }
    }

    /// <summary>The convolution of samples.</summary>
    /// <param name="batch">How many.</param>
    /// <param name="weight"><c>(E, 1, K)</c>, causal, or <c>(E, 1, K, K)</c>, on the grid.</param>
    public ConvShape Conv(int batch, Tensor weight) => weight.dim() == 3
        ? ConvShape.Causal(batch, Rows * Columns, weight, Reverse)
        : ConvShape.OnGrid(batch, Rows, Columns, weight, Reverse);
}
