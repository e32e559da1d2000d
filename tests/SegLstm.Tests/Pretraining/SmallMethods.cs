using SegLstm.Pretraining;
using SegLstm.Pretraining.Methods;

namespace SegLstm.Tests.Pretraining;

/// <summary>Each method at settings that small views and batches of four need.</summary>
internal static class SmallMethods
{
    public static GlcNetOptions GlcNet { get; } = new() { BoxCount = 2, BoxSize = 16, Channels = 16 };

    public static PretrainingMethod Make(PretrainingMethodKind kind, string trunk) => kind switch
    {
        PretrainingMethodKind.Glcnet => new GlcNet(Trunks.Make(trunk), GlcNet),
        PretrainingMethodKind.Simclr => new SimClr(Trunks.Make(trunk)),
        PretrainingMethodKind.Moco => new MoCo(() => Trunks.Make(trunk), new MoCoOptions { QueueLength = 4, Channels = 16 }),
        PretrainingMethodKind.Byol => new Byol(() => Trunks.Make(trunk), hidden: 32, channels: 16),
        PretrainingMethodKind.Inpainting => new Inpainting(Trunks.Make(trunk), width: 16),
        PretrainingMethodKind.Jigsaw => new Jigsaw(Trunks.Make(trunk), permutations: 8),
        PretrainingMethodKind.Tile2vec => new Tile2Vec(Trunks.Make(trunk)),
        PretrainingMethodKind.MaskedImage => new MaskedImageModel(Trunks.Make(trunk)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Give the new method small settings here."),
    };
}
