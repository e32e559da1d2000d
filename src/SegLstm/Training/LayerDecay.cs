using System.Globalization;
using System.Text.RegularExpressions;

namespace SegLstm.Training;

/// <summary>Layer-wise decay of the learning rate: layers near the image, which pre-training has made general, learn
/// slower.</summary>
/// <remarks>
/// With n blocks, a parameter of layer l has the rate times <c>decay^(n + 1 - l)</c>: patch embedding, position embedding and
/// class token are layer 0, block i from 0 is layer i + 1, and everything else, heads and final norms, layer n + 1. Source:
/// BEiT's segmentation code (microsoft/unilm), <c>layer_decay_optimizer_constructor.py</c>.
/// Blocks are those of a plain stack: <c>backbone.layers.{i}</c>, <c>backbone.encoder.blocks.{i}</c>, <c>blocks.{i}</c> of a
/// classifier of whole images, and Seg-LSTM's <c>blocks1</c> to <c>blocks4</c> counted on. A ViL of
/// release 2 counts pairs of sub-blocks, as it does itself.
/// </remarks>
internal sealed partial class LayerDecay
{
    private readonly double _decay;
    private readonly Dictionary<string, int> _blocks = [];

    /// <summary>Counts the blocks of a model.</summary>
    /// <param name="names">Dotted names of its parameters, in its order.</param>
    /// <param name="decay">The factor from one layer to the one in front of it.</param>
    /// <exception cref="ArgumentException">The backbone is no plain stack of numbered blocks.</exception>
    public LayerDecay(IEnumerable<string> names, double decay)
    {
        _decay = decay;
        string[] own = [.. names];
        foreach (string block in own.Select(Block).OfType<string>()) _blocks.TryAdd(block, _blocks.Count);
        bool staged = own.Any(name => Staged().IsMatch(name));
        if (_blocks.Count == 0 || staged)
        {
            throw new ArgumentException(
                $"LayerDecay is {decay.ToString(CultureInfo.InvariantCulture)}: expected a backbone that is one stack of "
                + "numbered blocks (backbone.blocks.0, backbone.layers.0 or the like); this one has "
                + (staged ? "stages with other layers between them" : "none") + ". Leave LayerDecay out.");
        }
    }

    /// <summary>Blocks of the backbone.</summary>
    public int Depth => _blocks.Count;

    /// <summary>The layer of a parameter, from 0 to <see cref="Depth"/> + 1.</summary>
    /// <param name="name">Its dotted name.</param>
    public int Layer(string name) =>
        Block(name) is { } block ? _blocks[block] + 1
        : Embedding().IsMatch(name) ? 0 : Depth + 1;

    /// <summary>What the learning rate of a parameter is multiplied by.</summary>
    /// <param name="name">Its dotted name.</param>
    public double Factor(string name) => Math.Pow(_decay, Depth + 1 - Layer(name));

    private static string? Block(string name) => Numbered().Match(name) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"^(backbone\.)?(encoder\.)?(blocks\d*|layers)\.\d+(?=\.)")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(backbone\.)?(encoder\.)?(patch_embed|pos_embed|cls_token|mask_token)")]
    private static partial Regex Embedding();

    [GeneratedRegex(@"^(backbone\.)?(stages\.|(blocks\d*|layers)\.\d+\.(blocks|downsample)\.)")]
    private static partial Regex Staged();
}
