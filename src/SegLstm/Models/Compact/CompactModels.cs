using SegLstm.Models.SegLstm;
using SegLstm.Models.Swin;
using SegLstm.Models.Vim;
using SegLstm.Models.VisionLstm;
using SegLstm.Models.Vit;
using SegLstm.Models.VMamba;

namespace SegLstm.Models.Compact;

/// <summary>
/// Six backbones made narrow so that a whole model of each needs as many multiply-adds on a window of 128 x 128, within a tenth: for
/// comparisons at equal cost on processors. All have eight blocks, first maps of stride 4, and UPerNet 32. No paper has them.
/// </summary>
public static class CompactModels
{
    private const int Side = 128, Width = 32;

    private static readonly int[] Stages = [2, 2, 2, 2], Taps = [1, 3, 5, 7];

    /// <summary>The entries of the catalog.</summary>
    public static IEnumerable<CatalogEntry> Entries =>
    [
        Entry("seglstm", "Seg-LSTM, width 56", SegLstmModels.Entries, (bands, side) =>
            new SegLSTM(new SegLstmConfig { Dim = 56, PatchSize = 4, Channels = bands, Height = side, Width = side, Depths = Stages })),
        Entry("vil", "ViL release 2, width 56", VisionLstmModels.Entries, (bands, side) => new VisionLstmBackbone(
            VisionLstmConfig.V2 with { Dim = 56, PatchSize = 4, Channels = bands, Height = side, Width = side, Depth = 4 }, Taps, pyramid: false)),
        Entry("vim", "Vim, width 56", VimModels.Entries, (bands, side) => new VisionMambaSeg(
            new VimConfig { Dim = 56, PatchSize = 4, Channels = bands, Height = side, Width = side, Depth = 8 }, Taps, pyramid: false)),
        Entry("deit", "DeiT, width 56", VitModels.Entries, (bands, side) => new VitBackbone(new VitBackboneConfig
        {
            Dim = 56, Heads = 4, PatchSize = 4, Channels = bands, Height = side, Width = side, Depth = 8, Taps = Taps, DropPathRate = 0,
        })),
        Entry("vmamba", "VMamba, widths 48 to 384", VMambaModels.Entries, (bands, _) =>
            new VMambaBackbone(new VMambaConfig { Dims = [48, 96, 192, 384], Depths = Stages, Channels = bands, DropPathRate = 0 })),
        Entry("swin", "Swin, widths 48 to 384, windows of 4", SwinModels.Entries, (bands, _) => new SwinBackbone(
            new SwinConfig { Dim = 48, Depths = Stages, Heads = [1, 2, 4, 8], Window = 4, Channels = bands, DropPathRate = 0 })),
    ];

    private static CatalogEntry Entry(string name, string words, IEnumerable<CatalogEntry> family, Func<int, int, Backbone> make) => new(
        $"compact_{name}", $"{words}, eight blocks, UPerNet {Width}: for comparisons at equal cost", $"{family.First().Paper.Split(", reduced")[0]}, reduced", Side,
        (classes, bands, side) => Decoders.Compose(make(bands, side), classes, channels: Width, auxiliaryChannels: Width / 2),
        family.First().CreateTiny);
}
