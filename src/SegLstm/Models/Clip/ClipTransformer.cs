using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Clip;

/// <summary>The blocks of one of CLIP's transformers.</summary>
/// <remarks>Name <c>resblocks.{i}</c>.</remarks>
internal sealed class ClipTransformer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly ModuleList<ClipBlock> resblocks;

    public ClipTransformer(int width, int heads, int layers) : base(nameof(ClipTransformer))
    {
        resblocks = new ModuleList<ClipBlock>([.. Enumerable.Range(0, layers).Select(_ => new ClipBlock(width, heads, layers))]);
        RegisterComponents();
    }

    /// <summary><c>(N, L, W)</c> to <c>(N, L, W)</c>.</summary>
    public override Tensor forward(Tensor x, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return resblocks.Aggregate(x, (tokens, block) => block.call(tokens, mask)).MoveToOuterDisposeScope();
    }
}
