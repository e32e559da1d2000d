using System.Globalization;

namespace SegLstm.Workbook;

/// <summary>A share that a table shows in percent with two decimals, and as a dash where it is not defined.</summary>
/// <param name="Share">As a fraction of 1; NaN where it is not defined.</param>
public readonly record struct Percentage(double Share)
{
    /// <summary>The percent, without their sign.</summary>
    public override string ToString() => double.IsNaN(Share) ? "–" : (100 * Share).ToString("0.00", CultureInfo.InvariantCulture);
}
