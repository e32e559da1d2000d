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
        return ForwardWithState(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus).Out.MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="Forward"/>, with the state after the last token, from which <see cref="SelectiveScanStep"/> goes on.</summary>
    /// <inheritdoc cref="SelectiveScanReference.Forward"/>
    public static (Tensor Out, Tensor LastState) ForwardWithState(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false) =>
        SelectiveScanReference.Forward(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus);
}
