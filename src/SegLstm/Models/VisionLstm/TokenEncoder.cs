using SegLstm.Checkpoints;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>What all Vision-LSTMs share: patches, positions, a chain of sub-blocks, and taps into it.</summary>
public abstract class TokenEncoder : nn.Module<Tensor, Tensor>
{
    /// <summary>Patch embedding.</summary>
    protected readonly PatchEmbedding patch_embed;

    /// <summary>Position embedding.</summary>
    protected readonly PositionEmbedding pos_embed;

    /// <summary>Makes patch and position embedding.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="dim">D, token width.</param>
    /// <param name="patchSize">Patch side in pixels.</param>
    /// <param name="stride">Pixels from patch to patch; null is the patch size.</param>
    /// <param name="grid">Grid of the position embedding.</param>
    protected TokenEncoder(string name, long channels, long dim, long patchSize, long? stride, TokenGrid grid) : base(name)
    {
        (Dim, PatchSize, Stride) = (dim, patchSize, stride ?? patchSize);
        patch_embed = new PatchEmbedding(channels, dim, patchSize, stride);
        pos_embed = new PositionEmbedding(grid, dim);
    }

    /// <summary>D, token width.</summary>
    public long Dim { get; }

    /// <summary>Patch side in pixels.</summary>
    public long PatchSize { get; }

    /// <summary>Pixels from patch to patch.</summary>
    public long Stride { get; }

    /// <summary>Sub-blocks in the chain.</summary>
    public abstract int SubBlockCount { get; }

    /// <summary>Forget what sub-blocks compute inside, and compute it again for their gradients.</summary>
    public bool ActivationCheckpointing { get; set; }

    /// <summary>Multiply-adds of the whole model for one image, by the convention of <see cref="Complexity"/>.</summary>
    public abstract double MultiplyAdds(long height, long width);

    /// <summary>Multiply-adds from the image to the output of a number of sub-blocks.</summary>
    public abstract double MultiplyAdds(long height, long width, int subBlocks);

    /// <summary>The grid of the patches of an image.</summary>
    public TokenGrid GridOf(long height, long width) => patch_embed.GridOf(height, width);

    /// <summary>The residual stream after the given sub-blocks, as images; no norm, no learned tokens.</summary>
    /// <param name="image"><c>(B, channels, h, w)</c>.</param>
    /// <param name="subBlocks">Ascending indexes from 0; the published ADE20K set-up taps 7, 11, 15, 23.</param>
    /// <returns>One <c>(B, D, gh, gw)</c> for each index.</returns>
    /// <exception cref="ArgumentException">The indexes are not ascending, or there is no such sub-block.</exception>
    public Tensor[] Taps(Tensor image, IReadOnlyList<int> subBlocks)
    {
        CheckTaps(subBlocks);
        using var scope = NewDisposeScope();
        var (x, layout) = Embed(image);
        var taps = new List<Tensor>(subBlocks.Count);
        for (var index = 0; index <= subBlocks[^1]; index++)
        {
            x = Run(index, x, layout);
            if (subBlocks[taps.Count] == index)
            {
                taps.Add(TokenPooling.ToImage(layout.Patches(x), layout.Grid).MoveToOuterDisposeScope());
            }
        }

        return [.. taps];
    }

    /// <summary>Makes a checkpoint fit this model (<see cref="VilCheckpoint.Fit"/>).</summary>
    public Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint) => VilCheckpoint.Fit(checkpoint, state_dict());

    /// <summary>Copies parameters into the model, once <see cref="Fit"/> has made them fit.</summary>
    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        using var scope = NewDisposeScope();
        var fitted = Fit(source);
        StateDictFit.Require(this, fitted, strict, skip);
        return base.load_state_dict(fitted, strict, skip);
    }

    /// <summary>Throws unless the taps are ascending indexes of sub-blocks.</summary>
    internal void CheckTaps(IReadOnlyList<int> subBlocks)
    {
        var ascending = subBlocks.Zip(subBlocks.Skip(1)).All(pair => pair.First < pair.Second);
        if (subBlocks.Count == 0 || !ascending || subBlocks[0] < 0 || subBlocks[^1] >= SubBlockCount)
        {
            throw new ArgumentException(
                $"Expected ascending sub-block indexes from 0 to {SubBlockCount - 1}, got [{string.Join(", ", subBlocks)}].",
                nameof(subBlocks));
        }
    }

    /// <summary>Runs a sub-block.</summary>
    protected abstract Tensor Pass(int index, Tensor x, TokenLayout layout);

    /// <summary>Puts learned tokens between the patches <c>(B, S, D)</c>.</summary>
    protected virtual (Tensor Tokens, TokenLayout Layout) Complete(Tensor patches, TokenGrid grid) =>
        (patches, new TokenLayout(grid));

    /// <summary>Tokens after all sub-blocks <c>(B, S, D)</c>, and what they are.</summary>
    protected (Tensor Tokens, TokenLayout Layout) Encode(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, layout) = Embed(image);
        for (var index = 0; index < SubBlockCount; index++)
        {
            x = Run(index, x, layout);
        }

        return (x.MoveToOuterDisposeScope(), layout);
    }

    private (Tensor Tokens, TokenLayout Layout) Embed(Tensor image)
    {
        using var scope = NewDisposeScope();
        var x = pos_embed.call(patch_embed.call(image));
        var (tokens, layout) = Complete(x.flatten(1, 2), new TokenGrid(x.shape[1], x.shape[2]));
        return (tokens.MoveToOuterDisposeScope(), layout);
    }

    private Tensor Run(int index, Tensor x, TokenLayout layout) =>
        ActivationCheckpoint.Run(ActivationCheckpointing, tokens => Pass(index, tokens, layout), x);
}
