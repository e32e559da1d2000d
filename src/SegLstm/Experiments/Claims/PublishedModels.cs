using SegLstm.Models;
using SegLstm.Models.Swin;
using SegLstm.Models.Vim;
using SegLstm.Models.VisionLstm;
using SegLstm.Models.Vit;
using SegLstm.Models.VMamba;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Experiments.Claims;

/// <summary>Published classifiers of 224 x 224 pixels and 1000 classes, by the names that their tables use.</summary>
internal static class PublishedModels
{
    private static readonly Dictionary<string, Func<nn.Module>> Makers = new()
    {
        ["ViL-T"] = () => Vil(192),
        ["ViL-S"] = () => Vil(384),
        ["ViL-B"] = () => Vil(768),
        ["Vim-T"] = () => new VisionMamba(VimConfig.Tiny),
        ["Vim-S"] = () => new VisionMamba(VimConfig.Small),
        ["Vim-B"] = () => new VisionMamba(VimConfig.Base),
        ["VMamba-T s1l8"] = () => new VSSM(VMambaConfig.TinyS1L8),
        ["VMamba-S s2l15"] = () => new VSSM(VMambaConfig.SmallS2L15),
        ["VMamba-B s2l15"] = () => new VSSM(VMambaConfig.BaseS2L15),
        ["DeiT-T"] = () => new VisionTransformer(new VitConfig { Dim = 192, Heads = 3 }),
        ["DeiT-S"] = () => new VisionTransformer(new VitConfig { Dim = 384, Heads = 6 }),
        ["DeiT-B"] = () => new VisionTransformer(new VitConfig { Dim = 768, Heads = 12 }),
        ["Swin-T"] = () => new SwinTransformer(new()),
        ["Swin-S"] = () => new SwinTransformer(new() { Depths = [2, 2, 18, 2] }),
        ["Swin-B"] = () => new SwinTransformer(new() { Dim = 128, Depths = [2, 2, 18, 2], Heads = [4, 8, 16, 32] }),
    };

    /// <summary>Counts the parameters of a model; null where it has another name.</summary>
    public static long? Count(string name)
    {
        if (!Makers.TryGetValue(name, out Func<nn.Module>? make)) return null;
        using nn.Module model = Outline.Of(make);
        return Complexity.CountParameters(model);
    }

    // The published files have the norm before the head that the class leaves out unless asked.
    private static VisionLSTM2 Vil(long dim) => new(VisionLstmConfig.V2 with { Dim = dim, LegacyNorm = true });
}
