using SegLstm.Kernels.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Gpu;

/// <summary>The selective scan on a device, forward and backward, in float32; <c>selective_scan.cl</c> says how.</summary>
/// <remarks>
/// Work: two exponentials a token, channel and state forward, three backward. Memory beside inputs and results: N/16 of u
/// forward; 3N/16 of u, and N/32 for each of B and C that differs from token to token, backward. Results do not depend on
/// <paramref name="groupSize"/>. Errors against the Reference in float64, by the largest number: 2e-6 forward, 1e-5 backward.
/// </remarks>
/// <param name="gpu">The device.</param>
/// <param name="groupSize">Threads in a group.</param>
/// <param name="unitsInGroup">Units of 32 threads in a group of the kernel of the gradients: 1 to 4.</param>
internal sealed class GpuScan(IGpu gpu, int groupSize = 128, int unitsInGroup = 4)
{
    /// <summary>Tokens in a chunk: <c>TOKENS</c> of the kernels.</summary>
    private const int Tokens = 16;

    /// <summary>Channels in a unit: <c>UNIT</c> of the kernels.</summary>
    private const int Unit = 32;

    private static readonly GpuSource Source = GpuSource.SelectiveScan;

    /// <summary>Scans contiguous float32 tensors on the device.</summary>
    /// <param name="x">Inputs.</param>
    /// <returns>Outputs <c>(B, D, L)</c> and the last state <c>(B, D, N)</c>.</returns>
    public (Tensor Out, Tensor LastState) Forward(GpuScanTensors x)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var run = gpu.Begin();
        var shape = new Sizes(x);
        var y = empty_like(x.U);
        var last = Empty(x, shape.Batch, shape.Channels, shape.States);
        var (before, _) = Before(run, x, shape, last);
        run.Launch(
            Source, "scan_outputs", shape.Places, groupSize, x.U, x.Delta, x.A, x.B, x.C, x.D, x.Z, x.DeltaBias, before, y,
            shape.Batch, shape.Channels, shape.Length, shape.States, shape.InputGroups, shape.OutputGroups, x.Softplus ? 1 : 0,
            x.Stride);
        run.Finish();
        return (y.MoveToOuterDisposeScope(), last.MoveToOuterDisposeScope());
    }

    /// <summary>Gradients of a scan. The states are computed again.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="outGradient">Gradient of the outputs <c>(B, D, L)</c>, contiguous.</param>
    /// <param name="stateGradient">Gradient of the last state <c>(B, D, N)</c>, contiguous; null: none.</param>
    /// <returns>Gradients of the inputs, null for those that are missing.</returns>
    public GpuScanTensors Backward(GpuScanTensors x, Tensor outGradient, Tensor? stateGradient)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var run = gpu.Begin();
        var shape = new Sizes(x);
        var softplus = x.Softplus ? 1 : 0;
        var (before, sums) = Before(run, x, shape, last: null);
        var behind = Empty(x, shape.Batch, shape.Chunks, shape.States, shape.Channels);
        run.Launch(
            Source, "scan_gradient_parts", shape.Places, groupSize, x.Delta, x.A, x.C, x.Z, x.DeltaBias, outGradient, behind,
            shape.Batch, shape.Channels, shape.Length, shape.States, shape.OutputGroups, softplus, x.Stride);
        Carry(run, x, shape, behind, sums, stateGradient, last: null, reverse: true);

        var (du, dDelta, dz) = (empty_like(x.U), empty_like(x.U), x.Z is null ? null : empty_like(x.U));
        var da = empty_like(before);
        var (db, dc) = (WeightParts(shape.InputGroups), WeightParts(shape.OutputGroups));
        var (dd, dBias) = (empty_like(sums), empty_like(sums));
        run.Launch(
            Source, "scan_gradients", (long)shape.Batch * shape.Chunks * shape.Units * Unit, unitsInGroup * Unit, x.U, x.Delta,
            x.A, x.B, x.C, x.D, x.Z, x.DeltaBias, outGradient, before, behind, du, dDelta, dz, da, db, dc, dd, dBias, shape.Batch,
            shape.Channels, shape.Length, shape.States, shape.InputGroups, shape.OutputGroups, softplus, x.Stride, shape.Segment);
        var gradients = new GpuScanTensors(
            du, dDelta, OfState(da), OfWeights(db, shape.InputGroups), OfWeights(dc, shape.OutputGroups),
            x.D is null ? null : OfChannel(dd), dz, x.DeltaBias is null ? null : OfChannel(dBias), x.Softplus, x.Reverse);
        run.Finish();
        Tensor?[] results =
            [gradients.U, gradients.Delta, gradients.A, gradients.B, gradients.C, gradients.D, gradients.Z, gradients.DeltaBias];
        foreach (var result in results)
        {
            result?.MoveToOuterDisposeScope();
        }

        return gradients;

        Tensor WeightParts(int groups) => groups == 0
            ? empty_like(before)
            : Empty(x, shape.Batch, shape.Units, shape.States, shape.Length);

        Tensor OfChannel(Tensor parts) =>
            Sum(run, parts, Empty(x, shape.Channels), 1, shape.Batch * shape.Chunks, columns: 0);

        Tensor OfState(Tensor parts) =>
            Sum(run, parts, Empty(x, shape.Channels, shape.States), 1, shape.Batch * shape.Chunks, shape.Channels);

        Tensor OfWeights(Tensor parts, int groups)
        {
            if (groups == 0)
            {
                return OfState(parts);
            }

            var units = shape.Units / groups;
            return units == 1
                ? parts
                : Sum(
                    run, parts, Empty(x, shape.Batch, groups, shape.States, shape.Length), (long)shape.Batch * groups, units,
                    columns: 0);
        }
    }

    private static Tensor Empty(GpuScanTensors x, params long[] shape) => empty(shape, dtype: x.U.dtype, device: x.U.device);

    /// <summary>The state before each chunk <c>(B, chunks, N, D)</c>, and the chunks' sums of steps
    /// <c>(B, chunks, D)</c>.</summary>
    private (Tensor States, Tensor Sums) Before(IGpuRun run, GpuScanTensors x, Sizes shape, Tensor? last)
    {
        var states = Empty(x, shape.Batch, shape.Chunks, shape.States, shape.Channels);
        var sums = Empty(x, shape.Batch, shape.Chunks, shape.Channels);
        run.Launch(
            Source, "scan_parts", shape.Places, groupSize, x.U, x.Delta, x.A, x.B, x.DeltaBias, states, sums, shape.Batch,
            shape.Channels, shape.Length, shape.States, shape.InputGroups, x.Softplus ? 1 : 0, x.Stride);
        Carry(run, x, shape, states, sums, start: null, last, reverse: false);
        return (states, sums);
    }

    private void Carry(
        IGpuRun run, GpuScanTensors x, Sizes shape, Tensor parts, Tensor sums, Tensor? start, Tensor? last, bool reverse) =>
        run.Launch(
            Source, "scan_carry", (long)shape.Batch * shape.Channels * shape.States, groupSize, parts, sums, x.A, start, last,
            shape.Batch, shape.Channels, shape.Length, shape.States, reverse ? 1 : 0);

    private Tensor Sum(IGpuRun run, Tensor parts, Tensor sum, long outer, int rows, int columns)
    {
        run.Launch(GpuSource.Sums, "sum_rows", sum.numel(), groupSize, parts, sum, outer, rows, sum.numel() / outer, columns);
        return sum;
    }

    /// <summary>Sizes of a scan, and how its channels are cut into units.</summary>
    private sealed class Sizes(GpuScanTensors x)
    {
        public int Batch { get; } = checked((int)x.U.shape[0]);

        public int Channels { get; } = checked((int)x.U.shape[1]);

        public int Length { get; } = checked((int)x.U.shape[2]);

        public int States { get; } = checked((int)x.A.shape[1]);

        /// <summary>0: the weights are <c>(D, N)</c>.</summary>
        public int InputGroups { get; } = Groups(x.B);

        public int OutputGroups { get; } = Groups(x.C);

        public int Chunks => (Length + Tokens - 1) / Tokens;

        /// <summary>Chunks of all channels and samples.</summary>
        public long Places => (long)Batch * Chunks * Channels;

        /// <summary>Neighbouring channels that share the groups of both B and C.</summary>
        public int Segment => Channels / LeastCommonMultiple(Math.Max(InputGroups, 1), Math.Max(OutputGroups, 1));

        /// <summary>Units of a sample and chunk.</summary>
        public int Units => Channels / Segment * ((Segment + Unit - 1) / Unit);

        private static int Groups(Tensor weights) => weights.dim() == 2 ? 0 : checked((int)weights.shape[1]);

        private static int LeastCommonMultiple(int a, int b)
        {
            var (x, y) = (a, b);
            while (y != 0)
            {
                (x, y) = (y, x % y);
            }

            return a / x * b;
        }
    }
}
