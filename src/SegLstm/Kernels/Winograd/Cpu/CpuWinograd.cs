using System.Numerics;
using SegLstm.Kernels.DenseLinear.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Winograd.Cpu;

/// <summary>The convolution on vectors of the CPU.</summary>
internal static class CpuWinograd
{
    // About what an element of a transformation and a multiply-add take in nanoseconds, to see whether threads pay.
    private const double TransformCost = 0.3;
    private const double Cost = 0.013;

    /// <summary>Convolves.</summary>
    /// <param name="x">Contiguous <c>(B, C, H, W)</c>, C whole vectors.</param>
    /// <param name="weight">Contiguous <c>(O, C, 3, 3)</c>, O whole vectors.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static Tensor Forward(Tensor x, Tensor weight, LaneWidth width)
    {
        var job = new ForwardJob(x, weight);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!;
    }

    private struct ForwardJob(Tensor x, Tensor weight) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, outputs) = (checked((int)x.shape[0]), checked((int)weight.shape[0]));
            var shape = new WinogradShape(
                checked((int)x.shape[1]), outputs, checked((int)x.shape[2]), checked((int)x.shape[3]));
            Out = empty([batch, outputs, x.shape[2], x.shape[3]], dtype: x.dtype);
            using var taps = new WinogradTaps<TLanes, TVector, T>(shape);
            var from = (nint)TensorMemory.Pointer<T>(weight);
            Workers.Run(
                outputs / TLanes.Count, TransformCost * WinogradShape.Positions * shape.Inputs * outputs,
                vector => taps.Read((T*)from, vector));
            using var map = new WinogradMap<TLanes, TVector, T>(shape);
            T* source = TensorMemory.Pointer<T>(x), target = TensorMemory.Pointer<T>(Out);
            for (var sample = 0; sample < batch; sample++)
            {
                map.Source = source + ((nint)sample * shape.Inputs * shape.Pixels);
                map.Target = target + ((nint)sample * outputs * shape.Pixels);
                Workers.Run(shape.Rows, TransformCost * shape.Inputs * shape.Pixels, map.ReadRow);
                for (var first = 0; first < shape.TileRows; first += shape.TileRowsTogether)
                {
                    Convolve(shape, taps, map, first);
                }
            }

            GC.KeepAlive(x);
            GC.KeepAlive(weight);
        }

        private static unsafe void Convolve<TLanes, TVector, T>(
            WinogradShape shape, WinogradTaps<TLanes, TVector, T> taps, WinogradMap<TLanes, TVector, T> map, int first)
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var tileRows = Math.Min(shape.TileRowsTogether, shape.TileRows - first);
            var tiles = tileRows * shape.TileColumns;
            double inputs = (double)tiles * shape.Inputs, outputs = (double)tiles * shape.Outputs;
            Workers.Run(tileRows, TransformCost * WinogradShape.Positions * inputs, row => map.Transform(first + row, row));
            var pieces = (tiles + TokenPieces.Length - 1) / TokenPieces.Length;
            Workers.Run(
                WinogradShape.Positions * pieces, Cost * WinogradShape.Positions * inputs * shape.Outputs, index =>
                {
                    var (position, piece) = Math.DivRem(index, pieces);
                    var tile = piece * TokenPieces.Length;
                    taps[position].Multiply(
                        Math.Min(TokenPieces.Length, tiles - tile), map.InputsOf(position, tile), map.InputStep,
                        map.OutputsOf(position, tile), map.OutputStep);
                });
            Workers.Run(tileRows, TransformCost * WinogradShape.Positions * outputs, row => map.Write(first + row, row));
        }
    }
}
