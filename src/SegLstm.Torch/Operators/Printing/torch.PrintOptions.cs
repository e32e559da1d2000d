namespace TorchSharp;

// Options of printed tensors.
public static partial class torch
{
    /// <summary>Julia's style.</summary>
    public const TensorStringStyle julia = TensorStringStyle.Julia;

    /// <summary>NumPy's style.</summary>
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;

    /// <summary>C#'s style.</summary>
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    private static PrintOptions printOptions = new();

    /// <summary>The style of <c>ToString()</c>, <c>print()</c> and <c>str()</c>; <see cref="TensorStringStyle.Default"/> is PyTorch's form.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => printOptions.Style;
        set => printOptions = printOptions with { Style = value };
    }

    /// <summary>Sets how numbers are printed, as PyTorch's function of this name.</summary>
    /// <param name="precision">Digits after the point (4 to begin with).</param>
    /// <param name="linewidth">Characters of a line (80 to begin with).</param>
    /// <param name="newLine">What ends a line.</param>
    /// <param name="sci_mode">Whether always to use powers of ten; if false, they are used where the numbers ask for them.</param>
    /// <param name="maxRows">The slices printed of a long dimension, half of them from its end (6 to begin with).</param>
    /// <param name="maxColumns">The same for the last dimension.</param>
    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        set_printoptions(null, null, linewidth, newLine, maxRows, maxColumns);
        printOptions = printOptions with { Precision = precision, Scientific = sci_mode ? true : null, FloatFormat = null };
    }

    /// <summary>Sets the style and form of printed tensors.</summary>
    /// <param name="style">The style.</param>
    /// <param name="floatFormat">A .NET format for floating-point numbers, such as <c>g5</c>, in the styles that are not PyTorch's.</param>
    /// <param name="linewidth">Characters of a line.</param>
    /// <param name="newLine">What ends a line.</param>
    /// <param name="maxRows">The slices printed of a long dimension, half of them from its end.</param>
    /// <param name="maxColumns">The same for the last dimension.</param>
    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null,
        int? maxColumns = null) => printOptions = printOptions with
        {
            Style = style ?? printOptions.Style,
            FloatFormat = floatFormat ?? printOptions.FloatFormat,
            LineWidth = linewidth ?? printOptions.LineWidth,
            NewLine = newLine ?? printOptions.NewLine,
            MaxRows = maxRows ?? printOptions.MaxRows,
            MaxColumns = maxColumns ?? printOptions.MaxColumns,
        };
}
