namespace SegLstm.Training;

/// <summary>In what numbers a forward pass of training, and its gradient, is computed.</summary>
/// <remarks>
/// Where bfloat16 wins: on processors that multiply tiles of it (amx_bf16 in lscpu; Intel from Sapphire Rapids on), the more the
/// wider the layers. A forward pass and gradient in bfloat16 took, in units of those in float32, on one core of an Emerald Rapids
/// under other load: 1.0 for seglstm_nano, 0.9 for seglstm_tiny, 0.8 for seglstm_upernet, 0.7 for vil2_tiny, 0.6 for swin_tiny,
/// 0.5 for deit_tiny (all with UPerNet). Held to vectors (avx512_bf16 alone) 1.4 for vil2_tiny and 1.8 for deit_tiny, and without
/// either, where oneDNN must convert, 2.9 and 4.2: there it loses.
/// </remarks>
public enum TrainingPrecision
{
    /// <summary>All in float32.</summary>
    Float32,

    /// <summary>Convolutions and dense products in bfloat16, sums of them in float32; all else, weights, optimizer and losses in
    /// float32.</summary>
    Bfloat16,
}
