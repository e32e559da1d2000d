using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>The selective scan that models call.</summary>
public static class SelectiveScan
{
    /// <summary>Scans a sequence without a past; equations and parameters as <see cref="SelectiveScanReference.Forward"/>.</summary>
    /// <returns>Outputs <c>(B, D, L)</c> in the type of u.</returns>
    /// <inheritdoc cref="SelectiveScanReference.Forward"/>
    public static Tensor Forward(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false)
    {
        using var scope = NewDisposeScope();
        return SelectiveScanReference.Forward(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus).Out.MoveToOuterDisposeScope();
    }
}
