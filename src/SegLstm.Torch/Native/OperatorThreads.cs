namespace SegLstm.Torch.Native;

/// <summary>How many threads libtorch's operators use, and how these wait for work.</summary>
/// <remarks>
/// libtorch 1.13 takes half of the processors, as if each core had two of them, which virtual machines often do not show. Two
/// threads on one core share its arithmetic and gain nothing. And OpenMP's threads spin for milliseconds after each operator: on
/// cores that the next operator's caller, the vectorised kernels or another process could use. On a machine with other work, two
/// threads that spin take three times as long as one; two that sleep do not.
/// </remarks>
internal static class OperatorThreads
{
    /// <summary>To be called before libtorch is loaded: threads without work sleep.</summary>
    internal static void SleepWithoutWork()
    {
        if (NativeEnvironment.Get("GOMP_SPINCOUNT") is null) NativeEnvironment.SetDefault("OMP_WAIT_POLICY", "passive");
    }

    /// <summary>Cores, at most the processors that affinity and container allow.</summary>
    /// <param name="root">Where the kernel describes processors; another folder in tests.</param>
    internal static int Cores(string root = "/sys/devices/system/cpu")
    {
        var processors = Environment.ProcessorCount;
        try
        {
            // Processors of one core list the same siblings.
            var cores = Directory.EnumerateDirectories(root, "cpu*")
                .Select(folder => Path.Combine(folder, "topology", "thread_siblings_list"))
                .Where(File.Exists).Select(File.ReadAllText).Distinct().Count();
            return cores == 0 ? processors : Math.Min(cores, processors);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return processors;
        }
    }

    /// <summary>Whether the user has said how many threads there should be.</summary>
    internal static bool AreChosen =>
        Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("MKL_NUM_THREADS") is { Length: > 0 };
}
