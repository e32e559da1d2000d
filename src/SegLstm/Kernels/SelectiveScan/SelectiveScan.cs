using SegLstm.Kernels.SelectiveScan.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>The selective scan that models call: on the CPU vectorised over channels and run on libtorch's number of threads,
/// with a gradient written by hand; elsewhere as <see cref="SelectiveScanReference"/>.</summary>
/// <remarks>
/// Float32 and float64 are computed in their own precision; half precision in float32. Where a gradient may be asked for, a
/// state every 32 tokens is kept, N/32 of the memory of u. Results do not depend on the number of threads. Gradients of
/// gradients need the reference.
/// </remarks>
public static class SelectiveScan
{
    /// <summary>Scans a sequence without a past; equations as in <see cref="SelectiveScanReference"/>.</summary>
    /// <returns>Outputs <c>(B, D, L)</c> in the type of u.</returns>
    /// <inheritdoc cref="SelectiveScanReference.Forward"/>
    public static Tensor Forward(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false, bool reverse = false)
    {
        using var scope = NewDisposeScope();
        return ForwardWithState(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus, reverse).Out.MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="Forward"/>, with the state after the last token of the scan, from which
    /// <see cref="SelectiveScanStep"/> goes on.</summary>
    /// <inheritdoc cref="SelectiveScanReference.Forward"/>
    public static (Tensor Out, Tensor LastState) ForwardWithState(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false, bool reverse = false) =>
        ForwardWithState(LaneWidths.Widest, u, delta, a, b, c, d, z, deltaBias, deltaSoftplus, reverse);

    /// <summary>The same with vectors of a given width.</summary>
    internal static (Tensor Out, Tensor LastState) ForwardWithState(
        LaneWidth width, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias,
        bool deltaSoftplus, bool reverse)
    {
        Tensor?[] given = [u, delta, a, b, c, d, z, deltaBias];
        if (!TokenTensors.AreOnHost(given))
        {
            return SelectiveScanReference.Forward(u, delta, a, b, c, d, z, deltaBias, deltaSoftplus, reverse);
        }

        SelectiveScanShapes.Check(u, delta, a, b, c, d, z, deltaBias);
        using var scope = NewDisposeScope();
        var type = TokenTensors.Precision(given);
        Tensor Ready(Tensor x) => x.to(type).contiguous();

        // Weights are read token by token: what lies in memory like that stays so.
        Tensor Weights(Tensor x) =>
            x.dim() == 2 ? Ready(x)
            : x.dim() == 3 ? Weights(x.unsqueeze(1))
            : x.stride(2) == 1 ? Ready(x.transpose(2, 3)).transpose(2, 3)
            : Ready(x);
        var inputs = new ScanTensors(
            Ready(u), Ready(delta), Ready(a), Weights(b), Weights(c), d is null ? null : Ready(d), z is null ? null : Ready(z),
            deltaBias is null ? null : Ready(deltaBias), deltaSoftplus, reverse);
        var (y, last) = SelectiveScanFunction.Run(inputs, width);
        return (y.to(u.dtype).MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope());
    }
}
