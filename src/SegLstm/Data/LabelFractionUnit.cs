namespace SegLstm.Data;

/// <summary>What labels are drawn by. The two are different protocols, and their scores are not to be compared.</summary>
/// <remarks>
/// Of the scene of Olinda, after 120 iterations of the preset <c>olinda</c> with <c>--balance</c> and one seed, held-out mIoU is
/// 78 % with all labels, 76 % with 5 % of the pixels and 31 % with 5 % of the blocks, which are two blocks of 38.
/// </remarks>
public enum LabelFractionUnit
{
    /// <summary>
    /// Whole blocks, every label in them: what labelling fewer tiles means, and the protocol of GLCNet and most papers on
    /// pretraining. Neighbouring pixels are alike, so a block tells little more than a few of its pixels.
    /// </summary>
    Block,

    /// <summary>
    /// Single pixels of each class, scattered over all training blocks: the custom with small hyperspectral scenes. The same
    /// share of the labels then shows almost every field and roof of the scene once, so that it is by far the easier task.
    /// </summary>
    Pixel,
}
