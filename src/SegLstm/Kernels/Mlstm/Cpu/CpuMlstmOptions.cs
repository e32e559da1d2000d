using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>How the CPU's mLSTM runs.</summary>
/// <param name="Reverse">Whether the last token is read first.</param>
/// <param name="Chunk">Tokens of a chunk.</param>
/// <param name="Eps">Added to the normaliser.</param>
/// <param name="Width">Vectors to compute with.</param>
internal sealed record CpuMlstmOptions(bool Reverse, int Chunk, double Eps, LaneWidth Width);
