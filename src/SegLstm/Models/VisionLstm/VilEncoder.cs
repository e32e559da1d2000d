using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>What both releases of Vision-LSTM share: patches, positions, a chain of sub-blocks, and taps into it.</summary>
public abstract class VilEncoder : nn.Module<Tensor, Tensor>
{
    /// <summary>Patch embedding.</summary>
    protected readonly PatchEmbedding patch_embed;

    /// <summary>Position embedding.</summary>
    protected readonly PositionEmbedding pos_embed;

    /// <summary>Makes patch and position embedding.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="version">The release that the class stands for.</param>
    /// <exception cref="ArgumentException">The configuration is not valid, or is for the other release; the message lists all
    /// problems.</exception>
    protected VilEncoder(string name, VisionLstmConfig config, int version) : base(name)
    {
        var problems = config.Validate().ToList();
        if (config.Version != version)
        {
            problems.Add($"The configuration is for version {config.Version}: use VisionLstmConfig.V{version}.");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException($"{name}: {string.Join(" ", problems)}", nameof(config));
        }

        Config = config;
        patch_embed = new PatchEmbedding(config.Channels, config.Dim, config.PatchSize, config.Stride);
        pos_embed = new PositionEmbedding(config.Grid, config.Dim);
    }

    /// <summary>The configuration it was made with.</summary>
    public VisionLstmConfig Config { get; }

    /// <summary>Forget what sub-blocks compute inside, and compute it again for their gradients.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary>The sub-blocks in the order in which tokens pass them.</summary>
    public abstract IReadOnlyList<ViLBlock> SubBlocks { get; }

    /// <summary>The residual stream after the given sub-blocks, as images; no norm.</summary>
    /// <param name="image"><c>(B, channels, h, w)</c>.</param>
    /// <param name="subBlocks">Ascending indexes from 0; the published ADE20K set-up taps 7, 11, 15, 23.</param>
    /// <returns>One <c>(B, D, gh, gw)</c> for each index.</returns>
    /// <exception cref="ArgumentException">The indexes are not ascending, or there is no such sub-block.</exception>
    public Tensor[] Taps(Tensor image, IReadOnlyList<int> subBlocks)
    {
        CheckTaps(subBlocks);
        using var scope = NewDisposeScope();
        var (x, grid) = Embed(image);
        var taps = new List<Tensor>(subBlocks.Count);
        foreach (var (index, block) in SubBlocks.Take(subBlocks[^1] + 1).Index())
        {
            x = Pass(block, x, grid);
            if (subBlocks[taps.Count] == index)
            {
                taps.Add(TokenPooling.ToImage(x, grid).MoveToOuterDisposeScope());
            }
        }

        return [.. taps];
    }

    /// <summary>Throws unless the taps are ascending indexes of sub-blocks.</summary>
    internal void CheckTaps(IReadOnlyList<int> subBlocks)
    {
        var ascending = subBlocks.Zip(subBlocks.Skip(1)).All(pair => pair.First < pair.Second);
        if (subBlocks.Count == 0 || !ascending || subBlocks[0] < 0 || subBlocks[^1] >= Config.SubBlocks)
        {
            throw new ArgumentException(
                $"Expected ascending sub-block indexes from 0 to {Config.SubBlocks - 1}, got [{string.Join(", ", subBlocks)}].",
                nameof(subBlocks));
        }
    }

    /// <summary>Copies parameters into the model; a position embedding of another resolution is resized, a head that the model
    /// lacks is dropped.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = VilCheckpoint.Fit(source, state_dict());
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Tokens after the position embedding <c>(B, S, D)</c>, and their grid.</summary>
    protected (Tensor Tokens, TokenGrid Grid) Embed(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = pos_embed.forward(patch_embed.forward(image));
        return (x.flatten(1, 2).MoveToOuterDisposeScope(), new TokenGrid(x.shape[1], x.shape[2]));
    }

    /// <summary>Tokens after all sub-blocks <c>(B, S, D)</c>, and their grid.</summary>
    protected (Tensor Tokens, TokenGrid Grid) Encode(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, grid) = Embed(image);
        foreach (var block in SubBlocks)
        {
            x = Pass(block, x, grid);
        }

        return (x.MoveToOuterDisposeScope(), grid);
    }

    private Tensor Pass(ViLBlock block, Tensor x, TokenGrid grid) =>
        ActivationCheckpoint.Run(ActivationCheckpointing, tokens => block.forward(tokens, grid), x);
}
