namespace SegLstm.Kernels;

/// <summary>Tells models which kernels to call.</summary>
/// <remarks>As with <c>torch.no_grad</c>, it holds for the thread that asks. Backward passes run on that thread too.
/// <code>
/// using (ModelKernels.Use(KernelChoice.Reference)) logits = model.call(image);
/// </code>
/// </remarks>
public static class ModelKernels
{
    [ThreadStatic]
    private static KernelChoice choice;

    /// <summary>What models on this thread call.</summary>
    public static KernelChoice Choice => choice;

    /// <summary>Changes it.</summary>
    /// <param name="kernels">What is called from now on.</param>
    /// <returns>Restores what was called before; to be disposed on the same thread.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such choice.</exception>
    public static IDisposable Use(KernelChoice kernels)
    {
        if (!Enum.IsDefined(kernels))
        {
            throw new ArgumentOutOfRangeException(nameof(kernels), kernels, "Expected Fastest or Reference.");
        }

        var before = new Restoration(choice);
        choice = kernels;
        return before;
    }

    private sealed class Restoration(KernelChoice before) : IDisposable
    {
        private bool isDone;

        public void Dispose()
        {
            choice = isDone ? choice : before;
            isDone = true;
        }
    }
}
