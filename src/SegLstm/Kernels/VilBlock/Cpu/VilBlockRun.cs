using System.Collections.Concurrent;
using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>One run over a batch. While there is a sample for every thread, each takes one to its end: it waits for nobody, and reads
/// what it wrote itself. The samples that are left are shared.</summary>
internal sealed class VilBlockRun<TLanes, TVector, T>(
    VilBlockShape shape, VilBlockMatrices<TLanes, TVector, T> matrices, TokenRows<T> x, TokenRows<T> y, double eps)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // About what a multiply-add takes in nanoseconds, to see whether threads pay.
    private const double Cost = 0.02;

    /// <summary>Runs it.</summary>
    /// <param name="batch">B.</param>
    public void Run(int batch)
    {
        var threads = Workers.ThreadsFor(Cost * shape.MultiplyAdds * batch);
        var alone = batch - (batch % threads);
        RunAlone(alone);
        if (alone < batch)
        {
            var schedule = VilBlockSchedule.Shared(shape, batch - alone, threads);
            using var buffers = Buffers(schedule);
            new SharedSteps<TLanes, TVector, T>(shape, schedule, Pass(buffers, alone)).Run(Cost * shape.MultiplyAdds * (batch - alone));
        }
    }

    private void RunAlone(int samples)
    {
        var schedule = VilBlockSchedule.Alone(shape);
        var idle = new ConcurrentBag<VilBlockBuffers<T>>();
        try
        {
            Workers.Run(samples, Cost * shape.MultiplyAdds * samples, sample =>
            {
                var buffers = idle.TryTake(out var kept) ? kept : Buffers(schedule);
                try
                {
                    var pass = Pass(buffers, sample);
                    foreach (var step in schedule.Steps)
                    {
                        pass.Run(step);
                    }
                }
                finally
                {
                    idle.Add(buffers);
                }
            });
        }
        finally
        {
            foreach (var buffers in idle)
            {
                buffers.Dispose();
            }
        }
    }

    private VilBlockBuffers<T> Buffers(VilBlockSchedule schedule) => new(shape, schedule, matrices.GateWidth, TLanes.Count);

    private VilBlockPass<TLanes, TVector, T> Pass(VilBlockBuffers<T> buffers, int first) =>
        new(shape, matrices, buffers, x.From(first), y.From(first), eps);
}
