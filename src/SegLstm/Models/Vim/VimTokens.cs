using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>Sequences of patches with a class token somewhere among them.</summary>
internal static class VimTokens
{
    /// <summary><c>(B, M, D)</c> and one token <c>(1 or B, 1, D)</c> to <c>(B, M + 1, D)</c>.</summary>
    public static Tensor Insert(Tensor patches, Tensor token, long index)
    {
        using var scope = NewDisposeScope();
        var (batch, count) = (patches.shape[0], patches.shape[1]);
        return cat(
            [patches.narrow(1, 0, index), token.expand(batch, 1, token.shape[2]), patches.narrow(1, index, count - index)],
            1).MoveToOuterDisposeScope();
    }

    /// <summary><c>(B, M + 1, D)</c> to <c>(B, M, D)</c>.</summary>
    public static Tensor Remove(Tensor tokens, long index)
    {
        using var scope = NewDisposeScope();
        return cat(
            [tokens.narrow(1, 0, index), tokens.narrow(1, index + 1, tokens.shape[1] - index - 1)],
            1).MoveToOuterDisposeScope();
    }

    /// <summary>Resizes position embeddings of patches bicubically; the class token's entry moves to its new place as it
    /// is.</summary>
    /// <param name="positions"><c>(1, tokens, D)</c>.</param>
    /// <param name="from">Grid that they are for.</param>
    /// <param name="to">Grid wanted.</param>
    /// <param name="classIndex">Place of the class token among so many patches; null: there is none.</param>
    public static Tensor ResizePositions(Tensor positions, TokenGrid from, TokenGrid to, Func<long, long?> classIndex)
    {
        using var scope = NewDisposeScope();
        var old = classIndex(from.Tokens);
        var patches = old is { } index ? Remove(positions, index) : positions;
        var resized = PositionEmbedding.Resize(patches.view(1, from.Rows, from.Columns, -1), to).flatten(1, 2);
        return (old is { } place ? Insert(resized, positions.narrow(1, place, 1), classIndex(to.Tokens)!.Value) : resized)
            .MoveToOuterDisposeScope();
    }
}
