namespace SegLstm.Jupyter.Notebooks;

/// <summary>What a cell of a notebook file is.</summary>
public enum CellKind
{
    /// <summary>Runs, and has outputs.</summary>
    Code,

    /// <summary>Text.</summary>
    Markdown,

    /// <summary>Passed through untouched.</summary>
    Raw,
}
