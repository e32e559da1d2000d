namespace SegLstm.Data;

/// <summary>The classes of a data set: their names and colours in label order, from 0, and the label that means "ignore".</summary>
public sealed record ClassLegend
{
    /// <summary>A legend without classes, of scenes without labels.</summary>
    public static ClassLegend None { get; } = new([]);

    /// <summary>A legend of names and colours.</summary>
    /// <param name="classes">The classes in label order.</param>
    /// <exception cref="ArgumentException">More than 255 classes, or a name that is empty or used twice.</exception>
    public ClassLegend(params (string Name, Rgb Color)[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Names = [.. classes.Select(c => c.Name)];
        Palette = [.. classes.Select(c => c.Color)];
        if (Names.Count > 255)
            throw new ArgumentException($"{Names.Count} classes: labels are bytes and 255 is kept for \"ignore\", so at most 255.");
        if (Names.Any(string.IsNullOrWhiteSpace) || Names.Distinct(StringComparer.Ordinal).Count() != Names.Count)
            throw new ArgumentException($"Class names must be given and differ: {string.Join(", ", Names)}.");
    }

    /// <summary>A legend as it is written down.</summary>
    /// <param name="names">The names in label order.</param>
    /// <param name="palette">As many colours, each as <c>#RRGGBB</c>.</param>
    /// <exception cref="FormatException">A colour is written in another way.</exception>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static ClassLegend Of(IReadOnlyList<string> names, IReadOnlyList<string> palette) =>
        new([.. names.Zip(palette, (name, color) => (name, Rgb.TryParse(color, out Rgb known) ? known
            : throw new FormatException($"The class '{name}' has the colour '{color}': expected one such as #FF8000.")))]);

    /// <summary>The names in label order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The colours in label order.</summary>
    public IReadOnlyList<Rgb> Palette { get; }

    /// <summary>The label of pixels that are neither learnt from nor counted. Always 255.</summary>
    public int IgnoreIndex => 255;

    /// <summary>Number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The label of a class.</summary>
    /// <exception cref="KeyNotFoundException">There is no such class; the message lists all.</exception>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        throw new KeyNotFoundException($"There is no class '{name}': the classes are {string.Join(", ", Names)}.");
    }
}
