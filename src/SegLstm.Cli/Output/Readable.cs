using System.Globalization;

namespace SegLstm.Cli.Output;

/// <summary>Numbers as people read them.</summary>
internal static class Readable
{
    /// <summary>A count with a prefix, such as "52.7 M".</summary>
    public static string Count(double number) => number switch
    {
        >= 1e12 => Scaled(number, 1e12, " T"),
        >= 1e9 => Scaled(number, 1e9, " G"),
        >= 1e6 => Scaled(number, 1e6, " M"),
        >= 1e3 => Scaled(number, 1e3, " k"),
        _ => Scaled(number, 1, ""),
    };

    /// <summary>A number of bytes in the unit that suits it, such as "83.9 MiB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => Scaled(bytes, 1L << 30, " GiB"),
        >= 1L << 20 => Scaled(bytes, 1L << 20, " MiB"),
        >= 1L << 10 => Scaled(bytes, 1L << 10, " KiB"),
        _ => Scaled(bytes, 1, " B"),
    };

    /// <summary>A share as percent with two decimals, "-" where it is not defined.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? "-" : (100 * share).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Scaled(double number, double unit, string prefix) =>
        (number / unit).ToString(unit == 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + prefix;
}
