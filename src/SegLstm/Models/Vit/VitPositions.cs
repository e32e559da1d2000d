using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>Position embeddings <c>(1, k + M, D)</c> of k extra tokens and a grid of M, on another grid.</summary>
public static class VitPositions
{
    /// <summary>Resizes the grid's part bicubically (align_corners false); the extra tokens keep theirs.</summary>
    /// <param name="embed"><c>(1, k + M, D)</c>.</param>
    /// <param name="extra">Extra tokens k at the front.</param>
    /// <param name="from">Its grid.</param>
    /// <param name="to">The grid wanted.</param>
    /// <returns><c>(1, k + rows·columns, D)</c>; where both grids have as many tokens, the embedding itself.</returns>
    /// <remarks>Source: mmsegmentation, <c>_pos_embeding</c> and <c>resize_pos_embed</c>, which go by the number of tokens: also
    /// a transposed grid gets the embedding as it is.</remarks>
    public static Tensor Resize(Tensor embed, long extra, TokenGrid from, TokenGrid to)
    {
        if (from.Tokens == to.Tokens)
        {
            return embed;
        }

        using var scope = NewDisposeScope();
        var grid = embed.narrow(1, extra, from.Tokens).view(1, from.Rows, from.Columns, embed.shape[2]);
        var resized = PositionEmbedding.Resize(grid, to).flatten(1, 2);
        return (extra == 0 ? resized : cat([embed.narrow(1, 0, extra), resized], 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Makes the embedding of a checkpoint fit a model: the entry of a distillation token that the model lacks is left
    /// out, and a square grid becomes the model's.</summary>
    /// <param name="embed"><c>(1, k' + M', D)</c> of a square image.</param>
    /// <param name="extra">Extra tokens k of the model.</param>
    /// <param name="grid">The model's grid.</param>
    /// <returns><c>(1, k + M, D)</c>, or the embedding itself where it fits already or is none of a square grid.</returns>
    internal static Tensor Fit(Tensor embed, long extra, TokenGrid grid)
    {
        if (embed.dim() != 3 || embed.shape[1] == extra + grid.Tokens)
        {
            return embed;
        }

        // No two of n, n - 1 and n - 2 are squares of a positive side: the number of entries tells how many are extra.
        for (var given = extra; given <= 2; given++)
        {
            var side = (long)Math.Round(Math.Sqrt(Math.Max(embed.shape[1] - given, 0)));
            if (side > 0 && side * side + given == embed.shape[1])
            {
                using var scope = NewDisposeScope();
                var kept = given == extra ? embed
                    : cat([embed.narrow(1, 0, extra), embed.narrow(1, given, side * side)], 1);
                return Resize(kept, extra, new TokenGrid(side, side), grid).MoveToOuterDisposeScope();
            }
        }

        return embed;
    }
}
