using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Makes VMamba's checkpoints fit: names of older code, shapes of older layers, a head that is not wanted.</summary>
/// <remarks>Source: MzeroMiko/VMamba, <c>_load_from_state_dict</c> of <c>VSSM</c>, <c>SS2D</c> and <c>Linear</c>.</remarks>
public static partial class VMambaCheckpoint
{
    private static readonly (string Old, string Current)[] Prefixes =
    [
        ("patch_embed.proj.", "patch_embed.0."),
        ("patch_embed.norm.", "patch_embed.2."),
        ("norm.", "classifier.norm."),
        ("head.", "classifier.head."),
    ];

    /// <summary>Today's name of a parameter.</summary>
    /// <param name="name">Its name in an older checkpoint, or today's.</param>
    public static string CurrentName(string name)
    {
        foreach (var (old, current) in Prefixes)
        {
            if (name.StartsWith(old, StringComparison.Ordinal))
            {
                return current + name[old.Length..];
            }
        }

        return Inner().Replace(name, match => match.Groups["place"].Value + match.Groups["old"].Value switch
        {
            "ln_1" => "norm",
            "self_attention" => "op",
            "downsample.norm" => "downsample.1",
            _ => "downsample.2",
        } + ".");
    }

    /// <summary>A copy of a state dict with the names and shapes of a model.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">The model's state dict.</param>
    public static Dictionary<string, Tensor> Fit(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target)
    {
        var fitted = new Dictionary<string, Tensor>(source.Count);
        foreach (var (given, value) in source)
        {
            var name = CurrentName(given);
            // The second release holds the four directions' matrices below each other, in a layer of its own.
            var stacked = Stacked().Replace(name, "$1.weight");
            name = target.ContainsKey(name) || !target.ContainsKey(stacked) ? name : stacked;
            var sameMatrix = target.TryGetValue(name, out var wanted) && IsMatrixOf(wanted, value);
            fitted[name] = sameMatrix ? value.reshape(wanted!.shape) : value;
        }

        return fitted;
    }

    /// <summary>As <see cref="Fit"/>, for a backbone: a classifier's head is dropped, and the norms that a classifier lacks
    /// are the backbone's own.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">The backbone's state dict.</param>
    public static Dictionary<string, Tensor> FitBackbone(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target)
    {
        var fitted = Fit(source, target);
        string[] head = [.. fitted.Keys.Where(name => name.StartsWith("classifier.", StringComparison.Ordinal))];
        if (head.Length == 0)
        {
            return fitted;
        }

        foreach (var name in head)
        {
            fitted.Remove(name);
        }

        foreach (var (name, own) in target.Where(entry => entry.Key.StartsWith("outnorm", StringComparison.Ordinal)))
        {
            fitted.TryAdd(name, own);
        }

        return fitted;
    }

    /// <summary>The same matrix in another shape: the kernel of a 1×1 convolution, or four directions apart.</summary>
    private static bool IsMatrixOf(Tensor wanted, Tensor value) =>
        wanted.shape is [var rows, var columns] && value.numel() == rows * columns && value.shape switch
        {
            [CrossScan.Directions, _, var last] when last == columns => true,
            [var first, var second, .. var kernel] => first == rows && second == columns && kernel.All(side => side == 1),
            _ => false,
        };

    [GeneratedRegex(@"^(?<place>layers\.\d+\.(?:blocks\.\d+\.)?)" +
        @"(?<old>ln_1|self_attention|downsample\.norm|downsample\.reduction)\.")]
    private static partial Regex Inner();

    [GeneratedRegex(@"(x_proj|dt_projs)_weight$")]
    private static partial Regex Stacked();
}
