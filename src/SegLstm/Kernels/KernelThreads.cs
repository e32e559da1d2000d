using static TorchSharp.torch;

namespace SegLstm.Kernels;

/// <summary>How many threads the kernels of this library use: as many as libtorch's operators, unless they were given their
/// own.</summary>
/// <remarks>Results of these kernels do not depend on the number of threads; those of libtorch's operators do, in the last digits: the
/// gradients of norms, and oneDNN's convolutions. With one thread for libtorch nothing does.</remarks>
public static class KernelThreads
{
    private static int? own;

    /// <summary>The number.</summary>
    public static int Count => own ?? get_num_threads();

    /// <summary>Gives libtorch's operators one thread and these kernels their own number, for this process: a training then ends in the
    /// bits of one thread, whatever the number.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public static void UseForKernelsAlone(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        set_num_threads(1);
        own = count;
    }

    /// <summary>Gives them as many as libtorch's operators again.</summary>
    public static void UseAsLibtorch() => own = null;
}
