namespace SegLstm.Pretraining.Regions;

/// <summary>A rectangle of pixels, edges included.</summary>
/// <param name="Left">First column, from 0.</param>
/// <param name="Top">First row, from 0.</param>
/// <param name="Right">Last column.</param>
/// <param name="Bottom">Last row.</param>
public readonly record struct Box(int Left, int Top, int Right, int Bottom);
