using SegLstm.Kernels.DenseLinear;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Two linear layers with an exact (erf) GELU between, under timm's names.</summary>
/// <remarks>Names <c>fc1, fc2</c>. Source: timm, <c>Mlp</c>.</remarks>
public sealed class GeluMlp : nn.Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;

    /// <summary>Makes the layers.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="hidden">Width between.</param>
    public GeluMlp(long dim, long hidden) : base(nameof(GeluMlp))
    {
        fc1 = TransformerLinear.Make(dim, hidden);
        fc2 = TransformerLinear.Make(hidden, dim);
        RegisterComponents();
    }

    /// <summary><c>(..., D)</c> to <c>(..., D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return DenseLinear.Forward(fc2, nn.functional.gelu(DenseLinear.Forward(fc1, x))).MoveToOuterDisposeScope();
    }
}
