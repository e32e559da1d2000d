namespace SegLstm.Workbook.Plotly;

/// <summary>How a line is drawn.</summary>
public enum Stroke
{
    /// <summary>Without gaps.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dash,

    /// <summary>Dots.</summary>
    Dot,

    /// <summary>Dashes and dots in turn.</summary>
    DashDot,
}
