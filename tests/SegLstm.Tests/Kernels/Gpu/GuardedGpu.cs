using System.Runtime.InteropServices;
using SegLstm.Kernels.Gpu;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Gpu;

/// <summary>A device whose kernels find every tensor between two zones that nobody may write to, filled with a NaN that shows in
/// the results of whoever reads there.</summary>
internal sealed class GuardedGpu(IGpu gpu) : IGpu
{
    private const int Zone = 4096;
    private const uint Mark = 0x7FC0_5EA1;

    public string Name => gpu.Name;

    public IGpuRun Begin() => new Run(gpu.Begin());

    private sealed class Run(IGpuRun run) : IGpuRun
    {
        private readonly Dictionary<Tensor, (Tensor Zones, Tensor Inside)> guarded = new(ReferenceEqualityComparer.Instance);

        public void Launch(GpuSource source, string kernel, long threads, int groupSize, params GpuArgument[] arguments) =>
            run.Launch(source, kernel, threads, groupSize, [.. arguments.Select(argument =>
                argument.Tensor is { } tensor ? Guarded(tensor) : argument)]);

        public void Wait() => run.Wait();

        public void Finish()
        {
            run.Finish();
            foreach (var (tensor, (zones, inside)) in guarded)
            {
                var bits = MemoryMarshal.Cast<byte, uint>(zones.bytes);
                Assert.False(bits[..Zone].ContainsAnyExcept(Mark), "a kernel wrote in front of a tensor");
                Assert.False(bits[^Zone..].ContainsAnyExcept(Mark), "a kernel wrote behind a tensor");
                tensor.copy_(inside.view(tensor.shape));
            }
        }

        public void Dispose() => run.Dispose();

        private Tensor Guarded(Tensor tensor)
        {
            if (!guarded.TryGetValue(tensor, out var entry))
            {
                var zones = empty(tensor.numel() + (2 * Zone));
                MemoryMarshal.Cast<byte, uint>(zones.bytes).Fill(Mark);
                var inside = zones.narrow(0, Zone, tensor.numel());
                inside.copy_(tensor.view(-1));
                entry = (zones, inside);
                guarded.Add(tensor, entry);
            }

            return entry.Inside;
        }
    }
}
