using SegLstm.Heads;
using SegLstm.Models.Dpt;
using SegLstm.Models.ResNet;

namespace SegLstm.Models.LSeg;

/// <summary>Networks that compare pixels with words: LSeg's own, and LSeg's head on any backbone of the catalog.</summary>
/// <remarks>
/// LSeg's own are <c>lseg_vitl16</c> (the published one), <c>lseg_vitb32</c> and <c>lseg_resnet101</c> (the zero-shot tables);
/// any name of <see cref="Catalog"/> takes that model's backbone, whose four maps are reassembled to a pyramid where they have one
/// stride. Source: LSeg (arXiv 2201.03546); isl-org/lang-seg, <c>lseg_net.py, lseg_net_zs.py</c>.
/// </remarks>
public static class LSegModels
{
    private static readonly Dictionary<string, Func<int, Backbone>> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lseg_vitl16"] = bands => new DptEncoder(DptConfig.VitLarge16 with { Channels = bands }),
        ["lseg_vitb32"] = bands => new DptEncoder(DptConfig.VitBase32 with { Channels = bands }),
        ["lseg_resnet101"] = bands => new ResNetBackbone(ResNetConfig.ResNet101 with { Channels = bands, OutputStride = 32 }),
    };

    /// <summary>LSeg's own networks. The catalog's names serve as well.</summary>
    public static IReadOnlyCollection<string> Names => Own.Keys;

    /// <summary>Makes a network with fresh parameters, whose words are random directions until
    /// <see cref="LanguageHead.SetTexts"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>, or a name of the catalog.</param>
    /// <param name="textWidth">C, width of the words' vectors.</param>
    /// <param name="labels">Words to begin with.</param>
    /// <param name="bands">Bands of the image.</param>
    /// <param name="imageSize">Side of the training crop in pixels.</param>
    /// <param name="config">Widths and blocks; null: the published ones.</param>
    /// <exception cref="ArgumentException">There is no such model, its backbone does not give four maps, or a number does not
    /// fit.</exception>
    public static Segmenter Create(
        string name, int textWidth, int labels, int bands, int imageSize, LanguageHeadConfig? config = null)
    {
        var backbone = Own.TryGetValue(name, out var make) ? make(bands) : Catalog.CreateBackbone(name, bands, imageSize);
        return new Segmenter(backbone, LanguageHead.For(backbone, textWidth, labels, config));
    }

    /// <summary>Complains about a name that no model has.</summary>
    /// <param name="name">A name of the catalog, or of <see cref="Names"/> where words are compared with.</param>
    /// <param name="words">Whether words are compared with.</param>
    /// <returns>The name in the case of the catalog.</returns>
    /// <exception cref="ArgumentException">There is no such model; the message names the nearest.</exception>
    public static string Check(string name, bool words) =>
        words && Own.Keys.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known ? known : Catalog.Find(name).Name;
}
