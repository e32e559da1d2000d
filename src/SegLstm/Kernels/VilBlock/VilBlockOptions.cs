namespace SegLstm.Kernels.VilBlock;

/// <summary>How a ViL sub-block reads its tokens.</summary>
/// <param name="Rows">Rows of the grid.</param>
/// <param name="Columns">Tokens in a row.</param>
/// <param name="Reverse">Whether the last token is read first.</param>
/// <param name="Chunk">Tokens in a chunk of the mLSTM.</param>
/// <param name="Eps">Added to the normaliser of the mLSTM.</param>
internal sealed record VilBlockOptions(int Rows, int Columns, bool Reverse, int Chunk, double Eps);
