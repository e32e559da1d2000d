using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>Steps that threads share: each waits for what it reads, and for those that still read what it writes over.</summary>
internal sealed class SharedSteps<TLanes, TVector, T>(
    VilBlockShape shape, VilBlockSchedule schedule, VilBlockPass<TLanes, TVector, T> pass)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly OrderedSteps order = new();
    private readonly int[][] done = [.. Enum.GetValues<VilBlockStage>().Select(_ => new int[schedule.Works])];
    private readonly int[] segmentsOfHead = new int[shape.Heads];

    /// <summary>Takes them.</summary>
    /// <param name="nanoseconds">About how long all take on one thread.</param>
    public void Run(double nanoseconds) => order.Run(schedule.Steps.Count, nanoseconds, index => Take(schedule.Steps[index]));

    private void Take(VilBlockStep step)
    {
        var (work, part) = (step.Work, step.Part);
        var (sample, segment) = Math.DivRem(work, shape.Segments);
        switch (step.Stage)
        {
            case VilBlockStage.Project:
                if (sample >= schedule.Samples)
                {
                    Await(VilBlockStage.Finish, ((sample - schedule.Samples + 1) * shape.Segments) - 1);
                }

                break;
            case VilBlockStage.Mix:
                var last = Math.Min(segment + shape.Reach, shape.Segments - 1);
                for (var near = Math.Max(segment - shape.Reach, 0); near <= last; near++)
                {
                    Await(VilBlockStage.Project, work + near - segment);
                }

                if (work >= schedule.Slots)
                {
                    Await(VilBlockStage.Finish, work - schedule.Slots);
                }

                break;
            case VilBlockStage.Retrieve:
                Await(VilBlockStage.Mix, work);
                order.Await(ref segmentsOfHead[part], work);
                break;
            default:
                Await(VilBlockStage.Retrieve, work);
                break;
        }

        pass.Run(step);
        if (step.Stage == VilBlockStage.Retrieve)
        {
            Interlocked.Increment(ref segmentsOfHead[part]);
        }

        Interlocked.Increment(ref done[(int)step.Stage][work]);
    }

    private void Await(VilBlockStage stage, int work) => order.Await(
        ref done[(int)stage][work],
        stage == VilBlockStage.Retrieve ? shape.Heads : shape.TilesOf(work % shape.Segments));
}
