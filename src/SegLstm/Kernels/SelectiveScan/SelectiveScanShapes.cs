using TorchSharp;
using static SegLstm.Kernels.Tokens.TokenTensors;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>What all forms of the selective scan ask of their inputs.</summary>
internal static class SelectiveScanShapes
{
    /// <summary>Throws unless the shapes fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which and what would.</exception>
    public static void Check(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias)
    {
        if (u.dim() != 3 || u.numel() == 0)
        {
            throw new ArgumentException($"u: expected (B, D, L) with at least one token, got {Text(u)}.", nameof(u));
        }

        if (a.dim() != 2 || a.shape[0] != u.shape[1] || a.shape[1] < 1)
        {
            throw new ArgumentException($"a: expected (D, N) with D = {u.shape[1]} as u has, got {Text(a)}.", nameof(a));
        }

        Require(delta, u.shape, nameof(delta));
        Require(z, u.shape, nameof(z));
        Require(d, [u.shape[1]], nameof(d));
        Require(deltaBias, [u.shape[1]], nameof(deltaBias));
        Weights(b, u, a, nameof(b));
        Weights(c, u, a, nameof(c));
    }

    /// <summary>Throws unless the shapes of a single token and a state fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which and what would.</exception>
    public static void CheckToken(
        Tensor state, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d, Tensor? z, Tensor? deltaBias)
    {
        if (u.dim() != 2 || u.numel() == 0)
        {
            throw new ArgumentException($"u: expected one token (B, D), got {Text(u)}.", nameof(u));
        }

        if (a.dim() != 2 || a.shape[0] != u.shape[1] || a.shape[1] < 1)
        {
            throw new ArgumentException($"a: expected (D, N) with D = {u.shape[1]} as u has, got {Text(a)}.", nameof(a));
        }

        Require(state, [.. u.shape, a.shape[1]], nameof(state));
        Require(delta, u.shape, nameof(delta));
        Require(z, u.shape, nameof(z));
        Require(d, [u.shape[1]], nameof(d));
        Require(deltaBias, [u.shape[1]], nameof(deltaBias));
        TokenWeights(b, u, a, nameof(b));
        TokenWeights(c, u, a, nameof(c));
    }

    private static void TokenWeights(Tensor x, Tensor u, Tensor a, string name)
    {
        var (batch, channels, states) = (u.shape[0], u.shape[1], a.shape[1]);
        var fits = x.shape switch
        {
            [var samples, var n] => samples == batch && n == states,
            [var samples, var groups, var n] => samples == batch && groups > 0 && channels % groups == 0 && n == states,
            _ => false,
        };
        if (!fits)
        {
            throw new ArgumentException(
                $"{name}: expected ({batch}, {states}) or ({batch}, G, {states}) with G a divisor of {channels}, got {Text(x)}.",
                name);
        }
    }

    /// <summary>Throws unless a tensor, where there is one, has this shape.</summary>
    public static void Require(Tensor? x, long[] shape, string name)
    {
        if (x is not null && !x.shape.SequenceEqual(shape))
        {
            throw new ArgumentException($"{name}: expected ({string.Join(", ", shape)}), got {Text(x)}.", name);
        }
    }

    private static void Weights(Tensor x, Tensor u, Tensor a, string name)
    {
        var (batch, channels, length, states) = (u.shape[0], u.shape[1], u.shape[2], a.shape[1]);
        var fits = x.shape switch
        {
            [var rows, var n] => rows == channels && n == states,
            [var samples, var n, var tokens] => samples == batch && n == states && tokens == length,
            [var samples, var groups, var n, var tokens] =>
                samples == batch && groups > 0 && channels % groups == 0 && n == states && tokens == length,
            _ => false,
        };
        if (!fits)
        {
            throw new ArgumentException(
                $"{name}: expected ({channels}, {states}), ({batch}, {states}, {length}) or ({batch}, G, {states}, {length}) "
                + $"with G a divisor of {channels}, got {Text(x)}.",
                name);
        }
    }
}
