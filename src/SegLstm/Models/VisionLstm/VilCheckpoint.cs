using SegLstm.Checkpoints.NameMaps;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Makes checkpoints fit: another resolution, a head that is not wanted, the names of the training code.</summary>
public static class VilCheckpoint
{
    /// <summary>A copy of a state dict in which position embeddings have the model's grid, without head entries that the model
    /// lacks.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">The model's state dict.</param>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target)
    {
        var fitted = new Dictionary<string, Tensor>(source.Count);
        var hasHead = target.ContainsKey("head.weight");
        foreach (var (name, value) in source)
        {
            target.TryGetValue(name, out var wanted);
            if (name.EndsWith("pos_embed.embed", StringComparison.Ordinal) && wanted is not null
                && !value.shape.SequenceEqual(wanted.shape))
            {
                fitted[name] = PositionEmbedding.Resize(value, new TokenGrid(wanted.shape[1], wanted.shape[2]));
            }
            else if (!hasHead && BelongsToHead(name, value, source))
            {
                // The model's own norm stays, where it has one: the checkpoint's is for what the head would have pooled.
                if (wanted is not null)
                {
                    fitted[name] = wanted;
                }
            }
            else
            {
                fitted[name] = value;
            }
        }

        return fitted;
    }

    /// <summary>The release's name of a parameter in the training code's checkpoints (the published <c>.th</c> files).</summary>
    /// <param name="name">Name in the file, without the outer <c>state_dict</c>.</param>
    /// <param name="version">1 or 2.</param>
    /// <remarks>Source: NX-AI/vision-lstm, <c>hubconf.py</c>. For whole files: <c>NameMap.Get("vil2-training")</c>.</remarks>
    public static string ReleaseName(string name, int version) =>
        NameMap.Get(version == 2 ? "vil2-training" : "vil-training").Rename(name)!;

    /// <summary>The head itself, or a norm that is wider than a token and so works on the pooled vector.</summary>
    private static bool BelongsToHead(string name, Tensor value, IReadOnlyDictionary<string, Tensor> source) =>
        name.StartsWith("head.", StringComparison.Ordinal)
        || (name.StartsWith("legacy_norm.", StringComparison.Ordinal)
            && source.TryGetValue("pos_embed.embed", out var embed) && value.shape[0] != embed.shape[^1]);
}
