using System.Globalization;

namespace SegLstm.Workbook;

/// <summary>A share that a table shows in percent with two decimals, and as a dash where it is not defined.</summary>
/// <param name="Share">As a fraction of 1; NaN where it is not defined.</param>
public readonly record struct Percentage(double Share)
{
    /// <summary>The percent, without their sign.</summary>
    public override string ToString() => Text(Share, 2);

    /// <summary>A share in percent with so many decimals.</summary>
    internal static string Text(double share, int decimals) =>
        double.IsNaN(share) ? "–" : (100 * share).ToString("F" + decimals, CultureInfo.InvariantCulture);
}
