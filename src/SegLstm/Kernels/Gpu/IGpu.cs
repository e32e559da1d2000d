namespace SegLstm.Kernels.Gpu;

/// <summary>A device that runs kernels.</summary>
internal interface IGpu
{
    /// <summary>What the device calls itself.</summary>
    string Name { get; }

    /// <summary>Begins a series of launches. Results are in the tensors after <see cref="IGpuRun.Finish"/>.</summary>
    IGpuRun Begin();
}

/// <summary>Launches that follow each other on a device.</summary>
internal interface IGpuRun : IDisposable
{
    /// <summary>Runs a kernel after those before it.</summary>
    /// <param name="source">The kernel's file.</param>
    /// <param name="kernel">Its name.</param>
    /// <param name="threads">Threads wanted; the last group may have more.</param>
    /// <param name="groupSize">Threads in a group.</param>
    /// <param name="arguments">In the kernel's order. Tensors may not overlap unless they are the same.</param>
    void Launch(GpuSource source, string kernel, long threads, int groupSize, params GpuArgument[] arguments);

    /// <summary>Waits for all launches.</summary>
    void Wait();

    /// <summary>Waits for all launches, and makes their results visible.</summary>
    void Finish();
}
