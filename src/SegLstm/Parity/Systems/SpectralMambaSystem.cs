using SegLstm.Models.Hyperspectral;
using SegLstm.Models.SpectralMamba;
using TorchSharp;
using static TorchSharp.torch;
using MambaBlock = SegLstm.Models.Mamba.Mamba;
using SpectralMambaModel = SegLstm.Models.SpectralMamba.SpectralMamba;

namespace SegLstm.Parity.Systems;

/// <summary>SpectralMamba: gated merging, pieces, the Mamba block and whole models. The case is told by its keys. Only the block
/// is the authors' (Mamba's): the other cases come from a reference design.</summary>
public sealed class SpectralMambaSystem : GoldenSystem
{
    /// <inheritdoc/>
    public override string Name => "spectralmamba";

    /// <inheritdoc/>
    public override Subject Build(GoldenConfig config, GoldenTensors tensors)
    {
        config.Note("seed", "dtype");
        return config.Has("d_model") ? Block(config, tensors)
            : config.Has("dim") ? Model(config, tensors)
            : config.Has("R") ? Pieces(config, tensors)
            : Merging(config, tensors);
    }

    private static Subject Block(GoldenConfig config, GoldenTensors tensors)
    {
        var (block, x) = (new MambaBlock(MambaSystem.Block(config)), MambaSystem.Tokens(config, tensors));
        return new Subject(() => [("out", block.forward(x))]) { Module = block };
    }

    private static Subject Pieces(GoldenConfig config, GoldenTensors tensors)
    {
        var pieces = SpectrumPieces.Of((int)config.Integer("bands"), (int)config.Integer("R"), PieceRule.BandsPerPiece);
        var x = tensors.Of("x", config.Integer("B"), pieces.Bands);
        return new Subject(() => [("out", pieces.Cut(x))]);
    }

    private static Subject Merging(GoldenConfig config, GoldenTensors tensors)
    {
        var (merging, x) = (new GatedMerging((int)config.Integer("bands")), Windows(config, tensors));
        return new Subject(() =>
        {
            var mask = merging.Mask(x);
            return [("mask", mask), ("out", GatedMerging.Merge(mask, x))];
        })
        {
            Module = merging,
        };
    }

    private static Subject Model(GoldenConfig config, GoldenTensors tensors)
    {
        var input = new SpectralInput(
            (int)config.Integer("bands"), (int)config.Integer("classes"), (int)config.Integer("patch"));
        var model = new SpectralMambaModel(input, new SpectralMambaConfig
        {
            PieceSize = (int)config.Integer("R"), Dim = (int)config.Integer("dim"), Depth = (int)config.Integer("depth"),
        });
        var (x, target) = (Windows(config, tensors), tensors.Of("target", config.Integer("B")));
        return new Subject(() =>
        {
            var tokens = model.Embed(x);
            var logits = model.Classify(model.Encode(tokens));
            return [("tokens", tokens), ("logits", logits), ("loss", nn.functional.cross_entropy(logits, target))];
        })
        {
            Module = model,
        };
    }

    private static Tensor Windows(GoldenConfig config, GoldenTensors tensors)
    {
        var side = config.Integer("patch");
        return tensors.Of("x", config.Integer("B"), config.Integer("bands"), side, side);
    }
}
