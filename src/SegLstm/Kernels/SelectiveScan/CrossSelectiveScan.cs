using SegLstm.Kernels.SelectiveScan.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>Selective scans of the same tokens in several orders, summed token by token: on the CPU one pass that reads and writes the
/// tokens where they stand, so that no sequence is laid out in an order of its own; elsewhere as
/// <see cref="CrossSelectiveScanReference"/>.</summary>
/// <remarks>Float32 and float64 are computed in their own precision; half precision in float32. Results do not depend on the number
/// of threads. Gradients of gradients need the reference.</remarks>
public static class CrossSelectiveScan
{
    /// <summary>Scans; equations as in <see cref="CrossSelectiveScanReference"/>.</summary>
    /// <inheritdoc cref="CrossSelectiveScanReference.Forward"/>
    public static Tensor Forward(
        TokenOrders orders, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false) =>
        Forward(LaneWidths.Widest, orders, u, delta, a, b, c, d, deltaBias, deltaSoftplus);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(
        LaneWidth width, TokenOrders orders, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? deltaBias,
        bool deltaSoftplus)
    {
        Tensor?[] given = [u, delta, a, b, c, d, deltaBias];
        if (!TokenTensors.AreOnHost(given))
        {
            return CrossSelectiveScanReference.Forward(orders, u, delta, a, b, c, d, deltaBias, deltaSoftplus);
        }

        CrossSelectiveScanReference.Check(orders, u, delta, a, b, c, d, deltaBias);
        using var scope = NewDisposeScope();
        var type = TokenTensors.Precision(given);
        Tensor Ready(Tensor x) => x.to(type).contiguous();
        var inputs = new ScanTensors(
            Ready(u), Ready(delta), Ready(a), TokenTensors.Ready(b.to(type)), TokenTensors.Ready(c.to(type)),
            d is null ? null : Ready(d), null, deltaBias is null ? null : Ready(deltaBias), deltaSoftplus, Reverse: false, orders);
        var (y, _) = SelectiveScanFunction.Run(inputs, width);
        return y.to(u.dtype).MoveToOuterDisposeScope();
    }
}
