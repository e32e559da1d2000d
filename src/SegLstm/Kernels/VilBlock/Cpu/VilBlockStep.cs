namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>A step that one thread takes.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Work">The segment, counted over all samples.</param>
/// <param name="Part">The tile of the segment, or the head.</param>
internal readonly record struct VilBlockStep(VilBlockStage Stage, int Work, int Part);
