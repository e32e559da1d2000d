using SegLstm.Layers;
using SegLstm.Models.Vit;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Makes checkpoints fit: Microsoft's classifier for <see cref="SwinBackbone"/>, and other windows and image
/// sizes.</summary>
public static class SwinCheckpoint
{
    private const string Table = ".relative_position_bias_table";
    private const string Positions = "absolute_pos_embed";
    private static readonly string[] Buffers = [".relative_position_index", ".attn_mask"];

    /// <summary>Microsoft's names to mmsegmentation's. Source: mmsegmentation, <c>swin2mmseg.py</c>.</summary>
    public static CheckpointNames FromMicrosoft { get; } = new(
        (@"^patch_embed\.proj\.", "patch_embed.projection."),
        (@"^layers\.(\d+)\.blocks\.(\d+)\.attn_mask$", null),
        (@"^layers\.(\d+)\.blocks\.(\d+)\.attn\.", "stages.$1.blocks.$2.attn.w_msa."),
        (@"^layers\.(\d+)\.blocks\.(\d+)\.mlp\.fc1\.", "stages.$1.blocks.$2.ffn.layers.0.0."),
        (@"^layers\.(\d+)\.blocks\.(\d+)\.mlp\.fc2\.", "stages.$1.blocks.$2.ffn.layers.1."),
        (@"^layers\.", "stages."),
        (@"^(norm|head)\.", null));

    /// <summary>A copy of a checkpoint under the names of a backbone's state dict.</summary>
    /// <param name="source">The checkpoint of Microsoft's classifier or of a backbone.</param>
    /// <param name="target">The backbone's state dict.</param>
    /// <param name="grid">Its grid of absolute positions.</param>
    /// <remarks>The classifier has no norms on the stages' outputs: the backbone's stay as they are.</remarks>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target, TokenGrid grid)
    {
        if (!source.Keys.Any(name => name.StartsWith("layers.", StringComparison.Ordinal)))
        {
            return Resize(source, target, grid);
        }

        var fitted = FromMicrosoft.Translate(source);
        foreach (var name in fitted.Keys.Where(name => name.Contains(".downsample.", StringComparison.Ordinal)).ToArray())
        {
            fitted[name] = Unfolded(fitted[name]);
        }

        foreach (var (name, own) in target.Where(entry => entry.Key.StartsWith("norm", StringComparison.Ordinal)))
        {
            fitted.TryAdd(name, own);
        }

        return Resize(fitted, target, grid);
    }

    /// <summary>A copy of a checkpoint in which bias tables and absolute positions have the model's sizes and the buffers, which
    /// follow from the sizes, are the model's.</summary>
    internal static Dictionary<string, Tensor> Resize(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target, TokenGrid grid)
    {
        var fitted = source.Where(entry => !IsBuffer(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (var (name, own) in target)
        {
            if (IsBuffer(name))
            {
                fitted[name] = own;
            }
            else if (fitted.TryGetValue(name, out var value) && !value.shape.SequenceEqual(own.shape))
            {
                fitted[name] = name == Positions ? VitPositions.Fit(value, 0, grid)
                    : name.EndsWith(Table, StringComparison.Ordinal) ? ResizeTable(value, own.shape[0])
                    : value;
            }
        }

        return fitted;
    }

    /// <summary>Resizes a bias table <c>((2w - 1)², heads)</c> bicubically to <paramref name="rows"/> rows, for another
    /// window.</summary>
    public static Tensor ResizeTable(Tensor table, long rows)
    {
        var (from, to) = ((long)Math.Round(Math.Sqrt(table.shape[0])), (long)Math.Round(Math.Sqrt(rows)));
        if (table.dim() != 2 || from * from != table.shape[0] || to * to != rows)
        {
            throw new ArgumentException(
                $"Expected a bias table ((2w - 1)^2, heads) and as many rows for another w, " +
                $"got ({string.Join(", ", table.shape)}) and {rows}.", nameof(table));
        }

        using var scope = NewDisposeScope();
        var square = table.view(1, from, from, table.shape[1]);
        return PositionEmbedding.Resize(square, new TokenGrid(to, to)).flatten(0, 2).MoveToOuterDisposeScope();
    }

    /// <summary>Reorders the last dimension of a merging's parameter from Microsoft's gathering, offset by offset with the rows
    /// running first, to that of mmsegmentation, channel by channel with the columns running first.</summary>
    private static Tensor Unfolded(Tensor parameter)
    {
        using var scope = NewDisposeScope();
        return parameter.unflatten(-1, 2, 2, parameter.shape[^1] / 4).transpose(-3, -2).flatten(-3, -2).transpose(-2, -1)
            .flatten(-2).MoveToOuterDisposeScope();
    }

    private static bool IsBuffer(string name) => Buffers.Any(buffer => name.EndsWith(buffer, StringComparison.Ordinal));
}
