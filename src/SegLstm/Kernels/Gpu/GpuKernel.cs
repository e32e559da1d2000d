namespace SegLstm.Kernels.Gpu;

/// <summary>A GPU kernel as the compiler made it for an architecture of NVIDIA's cards, as far as PTX tells: registers are
/// virtual there, the driver gives each value of a thread a real one, or memory, when it loads the kernel.</summary>
/// <param name="Family">File of the kernel, <c>selective_scan</c> or <c>mlstm</c>.</param>
/// <param name="Name">Entry, <c>scan_outputs</c>.</param>
/// <param name="Architecture">Target, <c>sm_80</c>.</param>
/// <param name="Registers">Virtual registers, in units of 32 bits.</param>
/// <param name="Predicates">Virtual registers of one bit.</param>
/// <param name="SharedBytes">Memory that the threads of a group share.</param>
/// <param name="LocalBytes">Memory of a thread that the compiler could not keep in registers: 0 where nothing is spilled
/// yet.</param>
public sealed record GpuKernel(
    string Family, string Name, string Architecture, int Registers, int Predicates, int SharedBytes, int LocalBytes);
