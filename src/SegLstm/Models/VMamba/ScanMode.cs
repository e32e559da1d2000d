namespace SegLstm.Models.VMamba;

/// <summary>The four orders in which a map is read; numbered as <c>scans</c> in VMamba.</summary>
public enum ScanMode
{
    /// <summary>Rows, columns, and both from the end: the published choice.</summary>
    Cross,

    /// <summary>Four times the rows (ablation).</summary>
    Unidirectional,

    /// <summary>Twice the rows, twice the rows from the end (ablation).</summary>
    Bidirectional,

    /// <summary>The rows of the map turned by 0, 90, 180 and 270 degrees (ablation).</summary>
    Rotating,
}
