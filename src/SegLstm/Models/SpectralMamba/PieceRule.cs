namespace SegLstm.Models.SpectralMamba;

/// <summary>What R, the paper's size of piece-wise sequential scanning, counts. Descriptions of the paper disagree.</summary>
public enum PieceRule
{
    /// <summary>The bands of a piece: the sequence is about R times shorter than the spectrum.</summary>
    BandsPerPiece,

    /// <summary>The pieces: a sequence of R tokens, each about 1/R of the spectrum.</summary>
    NumberOfPieces,
}
