namespace SegLstm.Models.ResNet;

/// <summary>Which 3×3 convolutions of a stage spread their taps where dilation takes the place of a stride.</summary>
public enum DilationRule
{
    /// <summary>All but the first block's, which keeps the dilation of the stage before: torchvision's
    /// <c>replace_stride_with_dilation</c>, and mmsegmentation's <c>contract_dilation</c>.</summary>
    AfterFirstBlock,

    /// <summary>All of the stage: GLCNet's backbone (and mmsegmentation's without <c>contract_dilation</c>).</summary>
    WholeStage,
}
