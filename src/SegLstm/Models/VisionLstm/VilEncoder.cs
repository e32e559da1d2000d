using SegLstm.Layers;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>What both releases of Vision-LSTM share.</summary>
public abstract class VilEncoder : TokenEncoder
{
    /// <summary>Makes patch and position embedding.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="version">The release that the class stands for.</param>
    /// <exception cref="ArgumentException">The configuration is not valid, or is for the other release; the message lists all
    /// problems.</exception>
    protected VilEncoder(string name, VisionLstmConfig config, int version)
        : base(name, Checked(name, config, version).Channels, config.Dim, config.PatchSize, config.Stride, config.Grid) =>
        Config = config;

    /// <summary>The configuration it was made with.</summary>
    public VisionLstmConfig Config { get; }

    /// <summary>The sub-blocks in the order in which tokens pass them.</summary>
    public abstract IReadOnlyList<ViLBlock> SubBlocks { get; }

    /// <inheritdoc/>
    public override int SubBlockCount => Config.SubBlocks;

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => VilComplexity.Model(Config, height, width);

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width, int subBlocks) =>
        VilComplexity.Encoder(Config, height, width, subBlocks);

    /// <inheritdoc/>
    protected override Tensor Pass(int index, Tensor x, TokenLayout layout) => SubBlocks[index].forward(x, layout.Grid);

    private static VisionLstmConfig Checked(string name, VisionLstmConfig config, int version)
    {
        var problems = new Problems(config.Validate());
        problems.Require(
            config.Version == version,
            $"The configuration is for version {config.Version}: use VisionLstmConfig.V{version}.");
        Problems.ThrowIfAny(name, problems);
        return config;
    }
}
