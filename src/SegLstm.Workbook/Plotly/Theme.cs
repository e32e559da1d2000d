namespace SegLstm.Workbook.Plotly;

/// <summary>The colours of a figure's background, text and grid.</summary>
public enum Theme
{
    /// <summary>Whichever the page has; light in saved pictures.</summary>
    Auto,

    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on near black.</summary>
    Dark,
}
