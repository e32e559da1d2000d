using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>One run of all steps: each waits for what it reads, and for those that still read what it writes over.</summary>
internal sealed class VilBlockRun<TLanes, TVector, T>(VilBlockShape shape, VilBlockPass<TLanes, TVector, T> pass)
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // About what a multiply-add takes in nanoseconds, to see whether threads pay.
    private const double Cost = 0.02;

    private readonly OrderedSteps order = new();
    private readonly List<VilBlockStep> steps = VilBlockSchedule.Of(shape);
    private readonly int[][] done =
        [.. Enum.GetValues<VilBlockStage>().Select(_ => new int[shape.Batch * shape.Segments])];

    private readonly int[] segmentsOfHead = new int[shape.Heads];

    /// <summary>Takes them.</summary>
    public void Run() => order.Run(steps.Count, Cost * shape.MultiplyAdds, index => Take(steps[index]));

    private void Take(VilBlockStep step)
    {
        var (work, part) = (step.Work, step.Part);
        var (sample, segment) = Math.DivRem(work, shape.Segments);
        switch (step.Stage)
        {
            case VilBlockStage.Project:
                if (sample >= VilBlockBuffers<T>.Samples)
                {
                    Await(VilBlockStage.Finish, ((sample - VilBlockBuffers<T>.Samples + 1) * shape.Segments) - 1);
                }

                pass.Project(sample, segment, part);
                break;
            case VilBlockStage.Mix:
                for (var near = Math.Max(segment - 1, 0); near <= Math.Min(segment + 1, shape.Segments - 1); near++)
                {
                    Await(VilBlockStage.Project, work + near - segment);
                }

                if (work >= VilBlockBuffers<T>.Slots)
                {
                    Await(VilBlockStage.Finish, work - VilBlockBuffers<T>.Slots);
                }

                pass.Mix(work, sample, segment, part);
                break;
            case VilBlockStage.Retrieve:
                Await(VilBlockStage.Mix, work);
                order.Await(ref segmentsOfHead[part], work);
                pass.Retrieve(work, segment, part);
                Interlocked.Increment(ref segmentsOfHead[part]);
                break;
            default:
                Await(VilBlockStage.Retrieve, work);
                pass.Finish(work, sample, segment, part);
                break;
        }

        Interlocked.Increment(ref done[(int)step.Stage][work]);
    }

    private void Await(VilBlockStage stage, int work) => order.Await(
        ref done[(int)stage][work],
        stage == VilBlockStage.Retrieve ? shape.Heads : shape.TilesOf(work % shape.Segments));
}
