using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Layer norm, mean over the map, linear.</summary>
/// <remarks>Names <c>norm, head</c>. Source: MzeroMiko/VMamba, <c>VSSM.classifier</c>.</remarks>
internal sealed class VSSMClassifier : nn.Module<Tensor, Tensor>
{
    private readonly GridNorm norm;
    private readonly Linear head;

    public VSSMClassifier(long dim, long classes, bool channelsFirst) : base(nameof(VSSMClassifier))
    {
        norm = new GridNorm(dim, channelsFirst, outFirst: false);
        head = nn.Linear(dim, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return head.call(norm.call(x).mean([1, 2])).MoveToOuterDisposeScope();
    }
}
