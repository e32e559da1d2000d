using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Simd;

/// <summary>Work that is written once for all vectors and element types.</summary>
internal interface ILaneJob
{
    /// <summary>Does it.</summary>
    void Run<TLanes, TVector, T>()
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>Runs jobs with the types that belong to a width and an element type.</summary>
internal static class LaneJobs
{
    /// <summary>Runs a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="type"><see cref="ScalarType.Float32"/> or <see cref="ScalarType.Float64"/>.</param>
    /// <param name="width">Vectors to compute with.</param>
    public static void Run<TJob>(ref TJob job, ScalarType type, LaneWidth width)
        where TJob : struct, ILaneJob
    {
        if (type == ScalarType.Float64)
        {
            Run<TJob, double>(ref job, width);
        }
        else
        {
            Run<TJob, float>(ref job, width);
        }
    }

    private static void Run<TJob, T>(ref TJob job, LaneWidth width)
        where TJob : struct, ILaneJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (width)
        {
            case LaneWidth.Bits512:
                job.Run<Lanes512<T>, Vector512<T>, T>();
                break;
            case LaneWidth.Bits256:
                job.Run<Lanes256<T>, Vector256<T>, T>();
                break;
            default:
                job.Run<Lanes128<T>, Vector128<T>, T>();
                break;
        }
    }
}
