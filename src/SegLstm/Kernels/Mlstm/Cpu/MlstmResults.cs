using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>What a forward pass makes.</summary>
/// <param name="H">Retrieved values <c>(B, H, S, V)</c>.</param>
/// <param name="Dots">Numbers whose size, or floor, divides them <c>(B, H, S)</c>, in the order of reading.</param>
/// <param name="Kept">States before all chunks but the first; empty where no backward pass will follow.</param>
internal sealed record MlstmResults(Tensor H, Tensor Dots, Tensor Kept);
