namespace SegLstm.Models.Vit;

/// <summary>DeiT and DeiT-III in mmsegmentation's set-up: taps 2, 5, 8, 11, multi-level neck, UPerNet 512, auxiliary FCN 256 on
/// map 3.</summary>
public static class VitModels
{
    private const string DeiT = "Touvron et al., DeiT (arXiv 2012.12877)";
    private const string DeiT3 = "Touvron et al., DeiT III (arXiv 2204.07118)";

    private static readonly (string Name, string Paper, long Dim, bool LayerScale)[] Sizes =
    [
        ("deit_tiny", DeiT, 192, false),
        ("deit_small", DeiT, 384, false),
        ("deit_base", DeiT, 768, false),
        ("deit3_small", DeiT3, 384, true),
        ("deit3_base", DeiT3, 768, true),
    ];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => Published.Append(Mini);

    /// <summary>For crops of 128 px and processors; all maps keep the token grid.</summary>
    /// <remarks>Patches of 8: each token attends to each, and 1,024 patches of 4 would leave the cost of the other minis to a width
    /// of 17.</remarks>
    private static CatalogEntry Mini => new(
        "deit_mini", "DeiT, width 108, 8 layers, patch 8, UPerNet 32: for crops of 128 px, at the cost of the other minis",
        DeiT + ", reduced", 128,
        (classes, bands, side) => Decoders.Compose(
            new VitBackbone(new VitBackboneConfig
            {
                Dim = 108, Depth = 8, Heads = 4, PatchSize = 8, Channels = bands, Height = side, Width = side, Taps = [1, 3, 5, 7],
            }),
            classes, channels: 32, auxiliaryChannels: 16),
        () => Decoders.Compose(
            new VitBackbone(new VitBackboneConfig
            {
                Dim = 8, Depth = 4, Heads = 2, Height = 32, Width = 32, PatchSize = 8, MlpRatio = 2, Taps = [0, 1, 2, 3],
            }),
            3, channels: 4, auxiliaryChannels: 4));

    private static IEnumerable<CatalogEntry> Published =>
        from size in Sizes
        let words = size.LayerScale ? "DeiT-III" : "DeiT"
        select new CatalogEntry(
            size.Name,
            $"{words} {size.Name.Split('_')[1]}, width {size.Dim}, 12 layers, patch 16, multi-level neck, UPerNet 512",
            size.Paper,
            512,
            (classes, bands, side) => Decoders.Compose(
                new VitBackbone(Variant(size.LayerScale) with
                {
                    Dim = size.Dim,
                    Heads = size.Dim / 64,
                    Channels = bands,
                    Height = side,
                    Width = side,
                    DropPathRate = 0.1,
                }),
                classes, auxiliaryInput: 3),
            () => Decoders.Compose(
                new VitBackbone(Variant(size.LayerScale) with
                {
                    Dim = 8, Depth = 4, Heads = 2, Height = 32, Width = 32, PatchSize = 8, MlpRatio = 2, Taps = [0, 1, 2, 3],
                }),
                3, channels: 4, auxiliaryChannels: 4, auxiliaryInput: 3));

    private static VitBackboneConfig Variant(bool layerScale) => !layerScale ? new() { Neck = true }
        : new() { Neck = true, LayerScale = 1e-4, ClassPosition = false, DropPathDecay = false };
}
