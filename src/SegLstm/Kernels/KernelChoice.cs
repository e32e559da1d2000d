namespace SegLstm.Kernels;

/// <summary>Which kernels models call.</summary>
public enum KernelChoice
{
    /// <summary>Those of this library where they take the tensors.</summary>
    Fastest,

    /// <summary>The same formulas on libtorch's operators, slower: to check results against, and for gradients of gradients.</summary>
    Reference,
}
