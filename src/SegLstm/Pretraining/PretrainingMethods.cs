using SegLstm.Models;
using SegLstm.Pretraining.Methods;
using SegLstm.Pretraining.Networks;

namespace SegLstm.Pretraining;

/// <summary>Makes pre-training methods by name, at their published settings.</summary>
public static class PretrainingMethods
{
    /// <summary>Makes the method that options name.</summary>
    /// <param name="options">Which, what GLCNet contrasts, and the squares of methods that hide some.</param>
    /// <param name="trunk">Makes what is pre-trained; methods with a slow copy call it twice.</param>
    /// <exception cref="ArgumentException">The options cannot be used, all faults are named; or they ask for labels
    /// (<see cref="PretrainingMethodKind.Supervised"/>).</exception>
    /// <example><code>
    /// var options = new PretrainingOptions { Method = PretrainingMethodKind.Moco };
    /// var method = PretrainingMethods.Create(options, () => Trunk.OfCatalog("vil2_tiny", bands: 3, imageSize: 224));
    /// </code></example>
    public static PretrainingMethod Create(PretrainingOptions options, Func<Trunk> trunk)
    {
        Problems.ThrowIfAny(nameof(PretrainingMethods), [.. options.Validate()]);
        return options.Method switch
        {
            PretrainingMethodKind.Glcnet => new GlcNet(trunk(), options.Glcnet),
            PretrainingMethodKind.Simclr => new SimClr(trunk()),
            PretrainingMethodKind.Moco => new MoCo(trunk, new MoCoOptions()),
            PretrainingMethodKind.Byol => new Byol(trunk),
            PretrainingMethodKind.Inpainting => new Inpainting(trunk(), options.SquareSide ?? Inpainting.PublishedSide),
            PretrainingMethodKind.Jigsaw => new Jigsaw(trunk()),
            PretrainingMethodKind.Tile2vec => new Tile2Vec(trunk()),
            PretrainingMethodKind.Supervised => throw new ArgumentException(
                $"Method is {options.Method}: that learns from labels, which views have none of. SceneExperiment.Pretrain does it.",
                nameof(options)),
            _ => new MaskedImageModel(trunk(), options.SquareSide ?? MaskedImageModel.PublishedSide),
        };
    }
}
