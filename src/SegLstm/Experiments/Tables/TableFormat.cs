namespace SegLstm.Experiments.Tables;

/// <summary>How a table is written.</summary>
public enum TableFormat
{
    /// <summary>A pipe table.</summary>
    Markdown,

    /// <summary>A tabular with the rules of the package booktabs.</summary>
    Latex,

    /// <summary>Comma-separated, with all digits: for other programs.</summary>
    Csv,

    /// <summary>A table element with a caption.</summary>
    Html,
}
