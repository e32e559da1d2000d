namespace SegLstm.Pretraining;

/// <summary>The methods by name: GLCNet, what it is compared with, masked images, and labels of another scene.</summary>
public enum PretrainingMethodKind
{
    /// <summary>Global style and local matching contrastive learning (arXiv 2106.10605).</summary>
    Glcnet,

    /// <summary>Contrast of whole views (SimCLR, arXiv 2002.05709).</summary>
    Simclr,

    /// <summary>Contrast with a queue of keys from a slow encoder (MoCo v2, arXiv 2003.04297).</summary>
    Moco,

    /// <summary>Prediction of a slow network's view, without negatives (BYOL, arXiv 2006.07733).</summary>
    Byol,

    /// <summary>Painting erased squares (Context Encoders, arXiv 1604.07379).</summary>
    Inpainting,

    /// <summary>Telling how pieces were permuted (arXiv 1603.09246).</summary>
    Jigsaw,

    /// <summary>Near tiles against distant ones (Tile2Vec, arXiv 1805.02855).</summary>
    Tile2vec,

    /// <summary>Completing images of which most is hidden (SimMIM, arXiv 2111.09886).</summary>
    MaskedImage,

    /// <summary>
    /// Labels of another scene, the usual start that methods without labels are measured against. No
    /// <see cref="PretrainingMethod"/>: an experiment with a recipe of it trains the whole network there, and hands on its encoder.
    /// </summary>
    Supervised,
}
