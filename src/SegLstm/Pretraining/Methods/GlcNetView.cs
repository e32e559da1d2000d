using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>What GLCNet makes of one view; null is what an ablation leaves out.</summary>
/// <param name="Encoded">The coarse map <c>(B, C, h, w)</c>.</param>
/// <param name="Decoded">The decoder's map <c>(B, channels, h, w)</c>, not resized yet.</param>
/// <param name="Style">Mean and unbiased variance of the coarse map, <c>(B, 2C)</c>, or the mean alone.</param>
/// <param name="Local">Means of the decoder's map over the boxes, <c>(B·n, channels)</c>.</param>
/// <param name="Global">The style vector projected, <c>(B, channels)</c>.</param>
/// <param name="Matched">The box means projected, <c>(B·n, channels)</c>.</param>
internal sealed record GlcNetView(
    Tensor Encoded, Tensor? Decoded, Tensor? Style, Tensor? Local, Tensor? Global, Tensor? Matched);
