using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>What classifier and segmentation backbone share: patches, positions and layers. The model registers them under the
/// official names.</summary>
internal sealed class VimTrunk
{
    private readonly VimConfig config;

    /// <summary>Makes patches, positions and layers.</summary>
    /// <param name="config">The model.</param>
    /// <param name="model">Its name, for the error.</param>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VimTrunk(VimConfig config, string model)
    {
        Problems.ThrowIfAny(model, config.Validate());

        this.config = config;
        Patches = new PatchEmbedding(config.Channels, config.Dim, config.PatchSize, config.Stride);
        VimInit.LeCunNormal(Patches.get_parameter("proj.weight")!);
        var tokens = config.Grid.Tokens + (config.ClassToken == ClassToken.None ? 0 : 1);
        Positions = VimInit.Normal(1, tokens, config.Dim);
        Layers = new ModuleList<VimLayer>([.. Enumerable.Range(0, config.Depth).Select(i => new VimLayer(config, i))]);
    }

    /// <summary>Official name <c>patch_embed</c>.</summary>
    public PatchEmbedding Patches { get; }

    /// <summary>Official name <c>pos_embed</c>, <c>(1, tokens, D)</c>.</summary>
    public Parameter Positions { get; }

    /// <summary>Official name <c>layers</c>.</summary>
    public ModuleList<VimLayer> Layers { get; }

    /// <summary>Image <c>(B, channels, h, w)</c> to tokens with positions <c>(B, L, D)</c>, and the patches' grid.</summary>
    /// <param name="image">The image.</param>
    /// <param name="classToken"><c>(1, 1, D)</c>; null where there is none.</param>
    public (Tensor Tokens, TokenGrid Grid) Embed(Tensor image, Tensor? classToken)
    {
        using var scope = NewDisposeScope();
        var x = Patches.call(image);
        var grid = new TokenGrid(x.shape[1], x.shape[2]);
        x = x.flatten(1, 2);
        x = classToken is null ? x : VimTokens.Insert(x, classToken, config.ClassTokenIndex(grid.Tokens)!.Value);
        var positions = grid == config.Grid ? Positions
            : VimTokens.ResizePositions(Positions, config.Grid, grid, config.ClassTokenIndex);
        return ((x + positions).MoveToOuterDisposeScope(), grid);
    }

    /// <summary>Leads tokens through the first layers.</summary>
    /// <param name="x">Tokens <c>(B, L, D)</c>.</param>
    /// <param name="count">Layers to run.</param>
    /// <param name="checkpointing">Forget what mixers compute inside, and compute it again for their gradients.</param>
    /// <returns>The residual stream as the last layer read it, and the output of each layer, all <c>(B, L, D)</c>.</returns>
    public (Tensor Residual, Tensor[] Outputs) Run(Tensor x, int count, bool checkpointing)
    {
        using var scope = NewDisposeScope();
        var residual = x;
        var outputs = new List<Tensor>(count);
        foreach (var layer in Layers.Take(count))
        {
            residual = outputs.Count == 0 ? x : layer.Add(residual, outputs[^1]);
            outputs.Add(ActivationCheckpoint.Run(checkpointing, layer.call, residual).MoveToOuterDisposeScope());
        }

        // The caller owns x; where there is one layer only, it is not this scope's to move.
        return (outputs.Count == 1 ? x : residual.MoveToOuterDisposeScope(), [.. outputs]);
    }
}
