using SegLstm.Kernels.DenseLinear;
using SegLstm.Kernels.Mlstm;
using SegLstm.Layers;
using SegLstm.Models.Vim;
using SegLstm.Models.VisionLstm;
using SegLstm.Models.Vit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>One block of each kind of backbone, 192 wide, as the tiny models have them.</summary>
/// <remarks>Reference of the ViL block: the block with the quadratic form of the mLSTM, which the authors' code runs
/// (<see cref="MlstmForm.Parallel"/>). Training is counted as three times the forward pass.</remarks>
internal static class BlockCases
{
    private const long Dim = 192;

    /// <summary>All cases.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick)
    {
        // Images of 224 or 512 pixels a side in patches of 16.
        var side = quick ? 14 : 32;
        foreach (var block in new[] { Vil(side), Vim(side), Vit(side) })
        {
            yield return block.Forward;
            yield return block.Training;
        }

        yield return Fused(side);
        foreach (var layer in new[] { Linear(side, Dim, 4 * Dim), Linear(side, 2 * Dim, Dim) })
        {
            yield return layer.Forward;
            yield return layer.Training;
        }
    }

    /// <summary>A ViL block as one kernel, beside the same block layer by layer on the same kernels.</summary>
    private static BenchmarkCase Fused(long side)
    {
        var config = ViLLayerConfig.V2(Dim) with { Grid = new TokenGrid(side, side) };
        return Both("vil.block.fused", side, VilComplexity.Layer(config, side * side), 0, () => new ViLBlock(config),
            () => new UnfusedBlock(config)).Forward with { Name = "vil.block.fused" };
    }

    /// <summary>A linear layer beside libtorch's.</summary>
    private static (BenchmarkCase Forward, BenchmarkCase Training) Linear(long side, long inputs, long outputs)
    {
        var both = Both("linear", side, side * side * inputs * outputs, 0, () => new DenseLayer(inputs, outputs),
            () => nn.Linear(inputs, outputs), inputs);
        var shape = $"{inputs} to {outputs}, S {side * side}";
        return (both.Forward with { Shape = shape }, both.Training with { Shape = shape });
    }

    /// <summary>A ViL block on a square of tokens.</summary>
    /// <param name="side">Tokens a side.</param>
    public static (BenchmarkCase Forward, BenchmarkCase Training) Vil(long side)
    {
        var config = ViLLayerConfig.V2(Dim) with { Grid = new TokenGrid(side, side) };
        return Both("vil.block", side, VilComplexity.Layer(config, side * side), 0, () => new ViLBlock(config),
            () => new ViLBlock(config with { Mlstm = new MlstmOptions { Form = MlstmForm.Parallel } }));
    }

    /// <summary>A Vim layer, which scans in both directions.</summary>
    /// <inheritdoc cref="Vil"/>
    public static (BenchmarkCase Forward, BenchmarkCase Training) Vim(long side)
    {
        var config = VimConfig.Tiny;
        var (tokens, block) = (side * side, config.Mixer.Block);
        return Both("vim.block", side, VimComplexity.Layer(config, tokens),
            2 * ScanWork.Forward(block.Inner, tokens, block.StateSize).Exps, () => new VimLayer(config, 0));
    }

    private static (BenchmarkCase Forward, BenchmarkCase Training) Vit(long side)
    {
        var config = new VitConfig { Dim = Dim };
        return Both("vit.block", side, VitComplexity.Block(config, side * side), 0, () => new VitBlock(config));
    }

    private static (BenchmarkCase Forward, BenchmarkCase Training) Both(
        string name, long side, double multiplyAdds, double exps, Func<nn.Module<Tensor, Tensor>> make,
        Func<nn.Module<Tensor, Tensor>>? reference = null, long dim = Dim)
    {
        var tokens = side * side;
        var forward = new BenchmarkCase(() => ModelContest.Forward(make, reference, 1, tokens, dim))
        {
            Name = $"{name}.forward",
            Shape = $"D {Dim}, S {tokens}",
            Unit = "token",
            Units = tokens,
            Work = new Work(multiplyAdds, exps),
        };
        var training = forward with
        {
            Name = $"{name}.training",
            // The exponentials are those of the two scans, forward and again backward.
            Work = new Work(3 * multiplyAdds, 2 * exps),
            Prepare = () => ModelContest.Training(make, reference, 1, tokens, dim),
        };
        return (forward, training);
    }

    private sealed class UnfusedBlock : nn.Module<Tensor, Tensor>
    {
        private readonly ViLBlock block;

        public UnfusedBlock(ViLLayerConfig config) : base(nameof(UnfusedBlock))
        {
            block = new ViLBlock(config);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => block.LayerByLayer(x, block.Config.Grid);
    }

    private sealed class DenseLayer : nn.Module<Tensor, Tensor>
    {
        private readonly Linear linear;

        public DenseLayer(long inputs, long outputs) : base(nameof(DenseLayer))
        {
            linear = nn.Linear(inputs, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => DenseLinear.Forward(linear, x);
    }
}
