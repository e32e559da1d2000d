using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Vit;

/// <summary>Makes checkpoints fit <see cref="VitBackbone"/>: timm's and DeiT's classifiers, and backbones of another
/// resolution.</summary>
public static class VitCheckpoint
{
    private const string FirstBlock = "blocks.0.";

    /// <summary>timm's names to mmsegmentation's. Source: mmsegmentation, <c>vit2mmseg.py</c>.</summary>
    public static CheckpointNames FromTimm { get; } = new(
        (@"^patch_embed\.proj\.", "patch_embed.projection."),
        (@"^blocks\.(\d+)\.norm([12])\.", "layers.$1.ln$2."),
        (@"^blocks\.(\d+)\.attn\.qkv\.", "layers.$1.attn.attn.in_proj_"),
        (@"^blocks\.(\d+)\.attn\.proj\.", "layers.$1.attn.attn.out_proj."),
        (@"^blocks\.(\d+)\.mlp\.fc1\.", "layers.$1.ffn.layers.0.0."),
        (@"^blocks\.(\d+)\.mlp\.fc2\.", "layers.$1.ffn.layers.1."),
        (@"^blocks\.(\d+)\.gamma_", "layers.$1.gamma_"),
        (@"^blocks\.(\d+)\.ls([12])\.gamma$", "layers.$1.gamma_$2"),
        (@"^norm\.", "ln1."),
        (@"^(head|head_dist|pre_logits)\.", null),
        (@"^dist_token$", null));

    /// <summary>A copy of a checkpoint under the names of a backbone's state dict, with its grid of positions.</summary>
    /// <param name="source">The checkpoint of a classifier or of a backbone.</param>
    /// <param name="target">The backbone's state dict.</param>
    /// <param name="config">The backbone's configuration.</param>
    /// <remarks>A classifier has no neck: the backbone's stays as it is. A final norm that the backbone lacks is left
    /// out.</remarks>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target, VitBackboneConfig config)
    {
        var fitted = FromTimm.Translate(source);
        if (source.Keys.Any(name => name.StartsWith(FirstBlock, StringComparison.Ordinal)))
        {
            foreach (var (name, own) in target.Where(entry => entry.Key.StartsWith("neck.", StringComparison.Ordinal)))
            {
                fitted.TryAdd(name, own);
            }
        }

        foreach (var name in fitted.Keys.Where(name => name is "ln1.weight" or "ln1.bias" && !target.ContainsKey(name)).ToArray())
        {
            fitted.Remove(name);
        }

        if (fitted.TryGetValue("pos_embed", out var embed))
        {
            fitted["pos_embed"] = VitPositions.Fit(embed, config.ClassPosition ? 1 : 0, config.Grid);
        }

        return fitted;
    }
}
