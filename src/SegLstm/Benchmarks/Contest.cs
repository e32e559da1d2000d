using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>A computation and, where there is one, the reference for it on the same inputs.</summary>
/// <param name="Ours">Does what is not timed and returns what is.</param>
/// <param name="Reference">Likewise; null: there is none.</param>
/// <param name="Modules">Models to free at the end; tensors belong to the dispose scope around.</param>
internal sealed record Contest(Func<Action> Ours, Func<Action>? Reference = null, params nn.Module[] Modules) : IDisposable
{
    /// <summary>Times a computation of which no gradient is asked.</summary>
    public static Func<Action> Forward(Func<Tensor> compute) => () => () =>
    {
        using var quiet = no_grad();
        compute();
    };

    /// <summary>Computes, and times the gradients of all leaves.</summary>
    public static Func<Action> Backward(Func<Tensor> compute, IReadOnlyList<Tensor> leaves) => () =>
    {
        Clear(leaves);
        var y = compute();
        var weight = ones_like(y);
        return () => y.backward([weight]);
    };

    /// <summary>Times a computation together with the gradients of all leaves.</summary>
    public static Func<Action> Both(Func<Tensor> compute, IReadOnlyList<Tensor> leaves) => () =>
    {
        Clear(leaves);
        return () =>
        {
            var y = compute();
            y.backward([ones_like(y)]);
        };
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules)
        {
            module.Dispose();
        }
    }

    private static void Clear(IReadOnlyList<Tensor> leaves)
    {
        foreach (var leaf in leaves)
        {
            leaf.grad = null;
        }
    }
}
