using SegLstm.Kernels.SelectiveScan.Cpu;

namespace SegLstm.Benchmarks;

/// <summary>What a selective scan with softplus, skip and gate cannot do without, per token and channel.</summary>
/// <remarks>
/// <para>Forward, a state: <c>Δa</c> and <c>(Δu)B</c> are products, <c>x = e·x + ΔuB</c> and <c>y += C·x</c> multiply-adds, and
/// <c>e = exp2(Δa)</c>: N exponentials, 2N multiply-adds, 2N products. Softplus and gate take one exponential each. Memory: u, Δ
/// and z are read, y is written, 16 bytes; B and C, 8N bytes, are shared by all channels.</para>
/// <para>Backward, a state: e and x again (Δa, ΔuB, e·x + ΔuB), then <c>dC</c>, <c>λ</c>, <c>eλ</c>, <c>dB</c>, <c>λB</c>,
/// <c>λx</c>, <c>λxe</c>, <c>dA</c>, <c>λxea</c>: 12N, and the N + 2 exponentials once. Memory: u, Δ, z and the gradient are
/// read, three gradients written, 28 bytes; B, C and their gradients 16N; the N states of one token in a chunk are read.</para>
/// <para>Left out: the logarithm of softplus, divisions, what skip, bias and gate multiply.</para>
/// </remarks>
public static class ScanWork
{
    private const double TokensBetweenKeptStates = ScanShape.Chunk;

    /// <summary>The forward pass.</summary>
    /// <param name="channels">D.</param>
    /// <param name="tokens">L.</param>
    /// <param name="states">N.</param>
    public static Work Forward(double channels, double tokens, double states) =>
        new(4 * states * channels * tokens, (states + 2) * channels * tokens, tokens * ((16 * channels) + (8 * states)));

    /// <summary>The backward pass.</summary>
    /// <inheritdoc cref="Forward"/>
    public static Work Backward(double channels, double tokens, double states) => new(
        12 * states * channels * tokens, (states + 2) * channels * tokens,
        tokens * ((28 * channels) + (16 * states) + (4 * states * channels / TokensBetweenKeptStates)));

    /// <summary>The forward pass of several orders of the same tokens, without a gate: u is read and y written once, Δ of each
    /// order is read.</summary>
    /// <param name="orders">K.</param>
    /// <param name="channels">D.</param>
    /// <param name="tokens">L.</param>
    /// <param name="states">N.</param>
    public static Work CrossForward(double orders, double channels, double tokens, double states) => new(
        4 * states * orders * channels * tokens, (states + 1) * orders * channels * tokens,
        tokens * ((((4 * orders) + 8) * channels) + (8 * orders * states)));

    /// <summary>The backward pass: u and the gradient of y are read and a gradient written once, Δ read and its gradient written in
    /// each order.</summary>
    /// <inheritdoc cref="CrossForward"/>
    public static Work CrossBackward(double orders, double channels, double tokens, double states) => new(
        12 * states * orders * channels * tokens, (states + 1) * orders * channels * tokens,
        tokens * ((((8 * orders) + 12) * channels) + (16 * orders * states)
            + (4 * states * orders * channels / TokensBetweenKeptStates)));
}
