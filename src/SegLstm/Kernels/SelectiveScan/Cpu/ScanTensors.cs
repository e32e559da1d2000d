using System.Numerics;
using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The inputs of a scan as tensors of one element type in host memory.</summary>
/// <remarks>Without orders all are contiguous, and weights that differ from token to token are <c>(B, G, L, N)</c>, so that those of a
/// token lie together. With orders the tensors are those of <see cref="CrossSelectiveScanReference"/>; weights may be parts of
/// others.</remarks>
internal sealed record ScanTensors(
    Tensor U, Tensor Delta, Tensor A, Tensor B, Tensor C, Tensor? D, Tensor? Z, Tensor? DeltaBias, bool Softplus, bool Reverse,
    TokenOrders? Orders = null)
{
    /// <summary>Sizes, for vectors of a number of elements.</summary>
    public ScanShape Shape(int lanes)
    {
        var states = checked((int)A.shape[1]);
        return Orders is { Count: var orders, Length: var length }
            ? new(checked((int)U.shape[0]), checked((int)A.shape[0]), length, states, orders, orders, lanes, orders: orders)
            : new(
                checked((int)U.shape[0]), checked((int)U.shape[1]), checked((int)U.shape[2]), states, Groups(B), Groups(C), lanes,
                Reverse);
    }

    /// <summary>Where tokens lie.</summary>
    public ScanLayout<T> Layout<TLanes, TVector, T>(ScanShape shape)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, INumberBase<T> =>
        Orders is null ? new RowsLayout<T>(shape) : new OrderedLayout<TLanes, TVector, T>(shape, Orders);

    /// <summary>Where all inputs lie.</summary>
    public unsafe ScanInputs<T> Inputs<T>()
        where T : unmanaged => new()
        {
            U = TensorMemory.Pointer<T>(U), Delta = TensorMemory.Pointer<T>(Delta), A = TensorMemory.Pointer<T>(A),
            B = TensorMemory.Pointer<T>(B), C = TensorMemory.Pointer<T>(C), D = TensorMemory.Pointer<T>(D),
            Z = TensorMemory.Pointer<T>(Z), DeltaBias = TensorMemory.Pointer<T>(DeltaBias), InputSteps = Steps(B),
            OutputSteps = Steps(C), Softplus = Softplus,
        };

    /// <summary>The same with weights of tokens, where there are groups, as kernels take them.</summary>
    public ScanTensors TokensFirst() =>
        Orders is null ? this with { B = CpuScan.TokensFirst(B), C = CpuScan.TokensFirst(C) } : this;

    /// <summary>Gradients of weights <c>(B, G, L, N)</c> as those of the function's inputs.</summary>
    public Tensor WeightGradient(Tensor weights) =>
        weights.dim() == 2 ? weights : Orders is null ? weights.transpose(2, 3) : weights.transpose(1, 2);

    private WeightSteps Steps(Tensor weights) =>
        weights.dim() == 2 ? default
        : Orders is null ? WeightSteps.Of(weights, groups: 1, tokens: 2)
        : WeightSteps.Of(weights, groups: 2, tokens: 1);

    private static int Groups(Tensor weights) => weights.dim() == 2 ? 0 : checked((int)weights.shape[1]);
}
