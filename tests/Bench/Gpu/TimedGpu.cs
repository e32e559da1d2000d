using System.Diagnostics;
using SegLstm.Kernels.Gpu;

namespace SegLstm.Bench.Gpu;

/// <summary>A device that runs every launch several times and takes the median. Kernels that work in place then have other
/// numbers than they should, and take the same time.</summary>
internal sealed class TimedGpu(IGpu gpu) : IGpu
{
    private const int Rounds = 11;

    private readonly List<((GpuSource Source, string Kernel) Launched, double Microseconds)> times = [];

    public string Name => gpu.Name;

    public IGpuRun Begin() => new Run(this, gpu.Begin());

    /// <summary>The times since the last call, each kernel's first.</summary>
    public List<((GpuSource Source, string Kernel) Launched, double Microseconds)> Take()
    {
        var taken = times.DistinctBy(time => time.Launched).ToList();
        times.Clear();
        return taken;
    }

    private sealed class Run(TimedGpu timed, IGpuRun run) : IGpuRun
    {
        public void Launch(GpuSource source, string kernel, long threads, int groupSize, params GpuArgument[] arguments)
        {
            // Assembles the kernel and brings the tensors.
            run.Launch(source, kernel, threads, groupSize, arguments);
            run.Wait();
            var rounds = new double[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                run.Launch(source, kernel, threads, groupSize, arguments);
                run.Wait();
                rounds[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }

            Array.Sort(rounds);
            timed.times.Add(((source, kernel), rounds[Rounds / 2]));
        }

        public void Wait() => run.Wait();

        public void Finish() => run.Finish();

        public void Dispose() => run.Dispose();
    }
}
