using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Dpt;

/// <summary>Two linear layers with the exact (erf) GELU between. Names <c>fc1, fc2</c>. Source: timm 0.4, <c>Mlp</c>.</summary>
internal sealed class DptMlp : nn.Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;

    public DptMlp(int dim, int hidden) : base(nameof(DptMlp))
    {
        (fc1, fc2) = (nn.Linear(dim, hidden), nn.Linear(hidden, dim));
        RegisterComponents();
    }

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return fc2.forward(nn.functional.gelu(fc1.forward(x))).MoveToOuterDisposeScope();
    }
}
