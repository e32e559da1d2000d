namespace SegLstm.Models.VisionLstm;

/// <summary>Which direction a layer of the training code takes by its index in the network.</summary>
public enum Alternation
{
    /// <summary>Always row by row from the top left.</summary>
    None,

    /// <summary>Even index: rows; odd: rows reversed. The published choice.</summary>
    Bidirectional,

    /// <summary>Index modulo 4: rows, rows reversed, columns, columns reversed.</summary>
    Quaddirectional,
}
