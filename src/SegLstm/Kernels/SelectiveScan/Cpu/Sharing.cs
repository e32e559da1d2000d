namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>What a tensor over tokens is to the orders of a scan.</summary>
internal enum Sharing
{
    /// <summary>All orders read it, or add to it: u, y and their gradients.</summary>
    Shared,

    /// <summary>Each order has its own: Δ and its gradient, and a gate.</summary>
    Own,
}
