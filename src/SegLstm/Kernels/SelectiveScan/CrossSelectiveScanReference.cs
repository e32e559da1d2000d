using TorchSharp;
using static SegLstm.Kernels.Tokens.TokenTensors;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>Selective scans of the same tokens in several orders, summed token by token, on torch operators: the oracle of the faster
/// form.</summary>
/// <remarks>Each order has its own step sizes, state matrix and weights; equations as in <see cref="SelectiveScanReference"/>.
/// Source: VMamba (arXiv 2401.10166) section 4.2: cross-scan, selective scan, cross-merge.</remarks>
public static class CrossSelectiveScanReference
{
    /// <summary>Scans.</summary>
    /// <param name="orders">K orders of L tokens.</param>
    /// <param name="u">Values <c>(B, L, D)</c>.</param>
    /// <param name="delta">Step sizes <c>(K, B, L, D)</c>; tokens stand where those of u do, whatever the order.</param>
    /// <param name="a">State matrix <c>(K·D, N)</c>: row k·D + d is channel d in order k.</param>
    /// <param name="b">Input weights <c>(B, L, K, N)</c>.</param>
    /// <param name="c">Output weights <c>(B, L, K, N)</c>.</param>
    /// <param name="d">Skip weights <c>(K·D)</c>; null: none.</param>
    /// <param name="deltaBias">Added to the step sizes <c>(K·D)</c>; null: nothing.</param>
    /// <param name="deltaSoftplus">Whether step sizes go through a softplus.</param>
    /// <returns>Outputs <c>(B, L, D)</c> in the type of u.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other; the message says which and what would.</exception>
    public static Tensor Forward(
        TokenOrders orders, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false)
    {
        Check(orders, u, delta, a, b, c, d, deltaBias);
        using var scope = NewDisposeScope();
        var channels = u.shape[2];
        var sum = zeros_like(u);
        for (var k = 0; k < orders.Count; k++)
        {
            var order = orders.Index(k).to(u.device);
            Tensor Tokens(Tensor x) => x.index_select(1, order).transpose(1, 2);
            Tensor Own(Tensor x) => x.narrow(0, k * channels, channels);
            var (y, _) = SelectiveScanReference.Forward(
                Tokens(u), Tokens(delta[k]), Own(a), Tokens(b.select(2, k)), Tokens(c.select(2, k)), d is null ? null : Own(d),
                null, deltaBias is null ? null : Own(deltaBias), deltaSoftplus);
            sum = sum.index_add(1, order, y.transpose(1, 2), 1);
        }

        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>Throws unless the shapes fit each other.</summary>
    internal static void Check(
        TokenOrders orders, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? deltaBias)
    {
        ArgumentNullException.ThrowIfNull(orders);
        if (u.dim() != 3 || u.numel() == 0 || u.shape[1] != orders.Length)
        {
            throw new ArgumentException($"u: expected (B, L, D) with L = {orders.Length} as the orders have, got {Text(u)}.", nameof(u));
        }

        var (batch, length, channels) = (u.shape[0], u.shape[1], u.shape[2]);
        var rows = orders.Count * channels;
        if (a.dim() != 2 || a.shape[0] != rows || a.shape[1] < 1)
        {
            throw new ArgumentException(
                $"a: expected (K D, N) with K D = {rows}, K = {orders.Count} orders of D = {channels}, got {Text(a)}.", nameof(a));
        }

        SelectiveScanShapes.Require(delta, [orders.Count, batch, length, channels], nameof(delta));
        SelectiveScanShapes.Require(b, [batch, length, orders.Count, a.shape[1]], nameof(b));
        SelectiveScanShapes.Require(c, [batch, length, orders.Count, a.shape[1]], nameof(c));
        SelectiveScanShapes.Require(d, [rows], nameof(d));
        SelectiveScanShapes.Require(deltaBias, [rows], nameof(deltaBias));
    }
}
