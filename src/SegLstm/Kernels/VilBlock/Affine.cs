using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The parameters of one layer.</summary>
/// <param name="Weight">Its weight.</param>
/// <param name="Bias">Its bias; null: none.</param>
internal readonly record struct Affine(Tensor Weight, Tensor? Bias)
{
    /// <summary>The same, each in one piece of memory.</summary>
    public Affine Contiguous() => new(Weight.contiguous(), Bias?.contiguous());
}
