namespace SegLstm.Workbook.Plotly;

/// <summary>How an axis places its numbers.</summary>
public enum AxisScale
{
    /// <summary>Equal steps are equally far apart.</summary>
    Linear,

    /// <summary>Equal ratios are equally far apart; numbers that are not positive have no place and stay gaps.</summary>
    Log,
}
