namespace SegLstm.Models.VMamba;

/// <summary>VMamba in the authors' segmentation set-up: the maps of all stages, UPerNet, auxiliary FCN on map 2.</summary>
public static class VMambaModels
{
    private const string Paper = "Liu et al., VMamba (arXiv 2401.10166)";

    private static readonly (string Name, VMambaConfig Config, string Words)[] Published =
    [
        ("vmamba_tiny", VMambaConfig.TinyS1L8, "VMamba-T s1l8"),
        ("vmamba_small", VMambaConfig.SmallS1L20, "VMamba-S s1l20"),
        ("vmamba_base", VMambaConfig.BaseS1L20, "VMamba-B s1l20"),
        ("vmamba_tiny_s2l5", VMambaConfig.TinyS2L5, "VMamba-T s2l5"),
        ("vmamba_small_s2l15", VMambaConfig.SmallS2L15, "VMamba-S s2l15"),
        ("vmamba_base_s2l15", VMambaConfig.BaseS2L15, "VMamba-B s2l15"),
        ("vmamba_vanilla_tiny", VMambaConfig.VanillaTiny, "Vanilla VMamba-T"),
        ("vmamba_vanilla_small", VMambaConfig.VanillaSmall, "Vanilla VMamba-S"),
        ("vmamba_vanilla_base", VMambaConfig.VanillaBase, "Vanilla VMamba-B"),
    ];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries => Published.Select(model => new CatalogEntry(
        model.Name, Describe(model.Words, model.Config), Paper, 512,
        (classes, bands, _) => Decoders.Compose(new VMambaBackbone(model.Config with { Channels = bands }), classes),
        () => Tiny(model.Config))).Append(Mini);

    /// <summary>For crops of 128 px and processors: s1 with fewer blocks, narrower, and no drop path.</summary>
    private static CatalogEntry Mini => new(
        "vmamba_mini",
        "VMamba s1: 2-2-2-2 blocks, width 60 to 480, 1 state, UPerNet 32: for crops of 128 px, at the cost of the other minis",
        Paper + ", reduced", 128,
        (classes, bands, _) => Decoders.Compose(
            new VMambaBackbone(Reduced with { Channels = bands }), classes, channels: 32, auxiliaryChannels: 16),
        () => Tiny(Reduced));

    private static VMambaConfig Reduced => new() { Dims = [60, 120, 240, 480], Depths = [2, 2, 2, 2], DropPathRate = 0 };

    private static string Describe(string words, VMambaConfig config)
    {
        var scan = config.StateSize == 1 ? "1 state" : $"{config.StateSize} states, gate, no MLP";
        return $"{words}: {string.Join('-', config.Depths)} blocks, width {config.Dims[0]} to {config.Dims[^1]}, " +
            $"scan ratio {config.SsmRatio}, {scan}, UPerNet 512";
    }

    private static Segmenter Tiny(VMambaConfig config) => Decoders.Compose(
        new VMambaBackbone(config with
        {
            Dims = [4, 4, 6, 6],
            Depths = [1, 1, 1, 1],
            StateSize = Math.Min(config.StateSize, 2),
            MlpRatio = Math.Min(config.MlpRatio, 2),
            DropPathRate = 0,
        }),
        3, channels: 4, auxiliaryChannels: 4);
}
