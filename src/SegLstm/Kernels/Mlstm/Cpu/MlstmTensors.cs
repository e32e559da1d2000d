using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The inputs of an mLSTM as tensors of one element type in host memory, the elements of a token side by side; or their
/// gradients.</summary>
internal sealed record MlstmTensors(Tensor Q, Tensor K, Tensor V, Tensor I, Tensor F);
