using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Two linear maps with GELU between, for every pixel.</summary>
/// <remarks>Names <c>fc1, fc2</c>. Source: MzeroMiko/VMamba, <c>Mlp</c>.</remarks>
public sealed class VSSMlp : nn.Module<Tensor, Tensor>
{
    private readonly GridLinear fc1;
    private readonly GridLinear fc2;

    /// <summary>Makes the maps.</summary>
    /// <param name="dim">Channels in and out.</param>
    /// <param name="hidden">Channels between.</param>
    /// <param name="channelsFirst">True: maps are <c>(B, C, H, W)</c>; false: channels last.</param>
    public VSSMlp(long dim, long hidden, bool channelsFirst) : base(nameof(VSSMlp))
    {
        fc1 = new GridLinear(dim, hidden, true, channelsFirst);
        fc2 = new GridLinear(hidden, dim, true, channelsFirst);
        RegisterComponents();
    }

    /// <summary>A map to a map of the same shape.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return fc2.call(nn.functional.gelu(fc1.call(x))).MoveToOuterDisposeScope();
    }
}
