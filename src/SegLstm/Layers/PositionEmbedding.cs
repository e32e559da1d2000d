using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>A learned vector for every place of the token grid, resized bicubically where an image has another grid.</summary>
/// <remarks>
/// Parameter <c>embed (1, gh, gw, D)</c>, truncated normal with standard deviation 0.02, no weight decay.
/// Source: NX-AI/vision-lstm, <c>VitPosEmbed2d</c> and <c>interpolate_sincos</c>.
/// </remarks>
public sealed class PositionEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Parameter embed;

    /// <summary>Makes the embedding.</summary>
    /// <param name="grid">Grid of the training image.</param>
    /// <param name="dim">Token width D.</param>
    public PositionEmbedding(TokenGrid grid, long dim) : base(nameof(PositionEmbedding))
    {
        embed = nn.Parameter(zeros([1, grid.Rows, grid.Columns, dim]));
        nn.init.trunc_normal_(embed, std: 0.02);
        RegisterComponents();
    }

    /// <summary>Adds the embedding: <c>(B, gh, gw, D)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        var grid = new TokenGrid(x.shape[1], x.shape[2]);
        if (grid == new TokenGrid(embed.shape[1], embed.shape[2]))
        {
            return x + embed;
        }

        using var resized = Resize(embed, grid);
        return x + resized;
    }

    /// <summary>Resizes an embedding: bicubic (a = -0.75), align_corners false, no antialiasing.</summary>
    /// <param name="embed"><c>(1, gh, gw, D)</c>.</param>
    /// <param name="grid">The grid wanted.</param>
    /// <returns><c>(1, rows, columns, D)</c>.</returns>
    public static Tensor Resize(Tensor embed, TokenGrid grid)
    {
        using var scope = NewDisposeScope();
        var image = nn.functional.interpolate(
            embed.permute(0, 3, 1, 2), [grid.Rows, grid.Columns], mode: InterpolationMode.Bicubic, align_corners: false);
        return image.permute(0, 2, 3, 1).MoveToOuterDisposeScope();
    }
}
