using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>Mixes the class token into every other token: both side by side, a linear layer, GELU.</summary>
/// <remarks>Names <c>project.0.*</c>. Source: isl-org/DPT and isl-org/lang-seg, <c>ProjectReadout</c>.</remarks>
internal sealed class ProjectReadout : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Sequential project;

    public ProjectReadout(long dim) : base(nameof(ProjectReadout))
    {
        project = nn.Sequential(nn.Linear(2 * dim, dim));
        RegisterComponents();
    }

    /// <summary>Patch tokens <c>(B, T, D)</c> and class token <c>(B, 1, D)</c> to <c>(B, T, D)</c>.</summary>
    public override Tensor forward(Tensor patches, Tensor token)
    {
        using var scope = NewDisposeScope();
        return nn.functional.gelu(project.call(cat([patches, token.expand_as(patches)], 2))).MoveToOuterDisposeScope();
    }
}
