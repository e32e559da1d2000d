using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>Sums over the tokens of pieces, which threads made: of some rows, and behind them of a bias.</summary>
internal static class PartSums
{
    /// <summary>Adds them up, piece after piece.</summary>
    /// <param name="parts"><c>(pieces, rows + 1, E)</c>.</param>
    /// <returns>The rows <c>(rows, E)</c> and the bias <c>(E)</c>.</returns>
    public static (Tensor Rows, Tensor Bias) Added(Tensor parts)
    {
        var (sums, rows) = (parts.sum(dim: 0), parts.shape[1] - 1);
        return (sums.narrow(0, 0, rows), sums.select(0, rows));
    }
}
