namespace SegLstm.Workbook.Figures;

/// <summary>
/// The eight colours of Okabe and Ito, which people with any common form of colour blindness tell apart, as <c>#RRGGBB</c>.
/// </summary>
/// <remarks>M. Okabe, K. Ito: Color Universal Design (2008).</remarks>
public static class OkabeIto
{
    /// <summary>Black.</summary>
    public const string Black = "#000000";

    /// <summary>Orange.</summary>
    public const string Orange = "#E69F00";

    /// <summary>Sky blue.</summary>
    public const string SkyBlue = "#56B4E9";

    /// <summary>Bluish green.</summary>
    public const string Green = "#009E73";

    /// <summary>Yellow; too light for lines on white, so <see cref="Line"/> leaves it out.</summary>
    public const string Yellow = "#F0E442";

    /// <summary>Blue.</summary>
    public const string Blue = "#0072B2";

    /// <summary>Vermilion.</summary>
    public const string Vermilion = "#D55E00";

    /// <summary>Reddish purple.</summary>
    public const string Purple = "#CC79A7";

    private static readonly string[] Lines = [Blue, Vermilion, Green, Orange, Purple, SkyBlue, Black];

    /// <summary>How many different colours lines can have.</summary>
    internal static int LineColors => Lines.Length;

    /// <summary>The colour of the n-th line of a chart; after seven they begin again.</summary>
    /// <param name="index">From 0.</param>
    public static string Line(int index) => Lines[index % Lines.Length];
}
