using SegLstm.Checkpoints.NameMaps;
using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Makes checkpoints fit: another resolution, a head that is not wanted, the names of the training code.</summary>
public static class VilCheckpoint
{
    private static readonly string[] AfterBlocks = ["head.", "norm.", "legacy_norm.", "xlstm.post_blocks_norm."];

    /// <summary>A copy of a state dict in which position embeddings have the model's grid, names of the training code are those of
    /// a release where the model is one, and what belongs to a head or a last norm that the model lacks is gone.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">The model's state dict.</param>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target)
    {
        source = Released(source, target);
        var fitted = new Dictionary<string, Tensor>(source.Count);
        var hasHead = target.Keys.Any(name => name.StartsWith("head.", StringComparison.Ordinal));
        foreach (var (name, value) in source)
        {
            target.TryGetValue(name, out var wanted);
            if (name.EndsWith("pos_embed.embed", StringComparison.Ordinal) && wanted is not null
                && !value.shape.SequenceEqual(wanted.shape))
            {
                fitted[name] = PositionEmbedding.Resize(value, new TokenGrid(wanted.shape[1], wanted.shape[2]));
            }
            else if (hasHead || !IsAfterBlocks(name))
            {
                fitted[name] = value;
            }
            else if (wanted is not null)
            {
                // The model's own norm stays where the checkpoint's is for what its head pools.
                fitted[name] = value.shape.SequenceEqual(wanted.shape) ? value : wanted;
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

    private static IReadOnlyDictionary<string, Tensor> Released(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target)
    {
        static bool IsTraining(string name) => name.StartsWith("xlstm.", StringComparison.Ordinal);
        if (!source.Keys.Any(IsTraining) || target.Keys.Any(IsTraining))
        {
            return source;
        }

        var version = target.Keys.Any(name => name.Contains(".rowwise_from_", StringComparison.Ordinal)) ? 2 : 1;
        return source.ToDictionary(entry => ReleaseName(entry.Key, version), entry => entry.Value);
    }

    /// <summary>The head, or one of the norms behind the blocks.</summary>
    private static bool IsAfterBlocks(string name) =>
        AfterBlocks.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
