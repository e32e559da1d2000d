namespace SegLstm.Jupyter.Cells;

/// <summary>The two text streams of a cell.</summary>
public enum OutputStream
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}
