
namespace SegLstm.Data.Benchmarks;

/// <summary>
/// A collection of your own: folders <c>images</c> and <c>masks</c> with files of the same stems, masks coloured by class. Both lie
/// in the root, or in each of its folders.
/// </summary>
public sealed record FolderLayout
{
    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>The classes in label order, as "name #RRGGBB".</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Colours of pixels that are not labelled, as "#RRGGBB".</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>
    /// Beginnings of the names of items that validate. An item is named by its stem, after its folder and a slash where the root has
    /// several. Neighbouring pieces of one picture belong together: never split them.
    /// </summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>Beginnings of the names of items that are held out for the test; all others train.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>Names of the bands of all images.</summary>
    public IReadOnlyList<string> Bands { get; init; } = ["red", "green", "blue"];

    /// <summary>Where it is from and under which terms.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>Everything that is wrong with this layout, all at once; empty when it can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Classes.Count is 0 or > 255) yield return $"Classes has {Classes.Count}: expected 1 to 255.";
        foreach (string wrong in Classes.Where(text => ColorOf(text.Split(' ')[^1]) is null
            || !text.Contains(' ', StringComparison.Ordinal)))
            yield return $"Classes has '{wrong}': expected a name and a colour, such as 'building #3C1098'.";
        foreach (string wrong in Ignored.Where(text => ColorOf(text) is null))
            yield return $"Ignored has '{wrong}': expected a colour, such as '#9B9B9B'.";
        if (Classes.Select(text => text.Split(' ')[^1]).Concat(Ignored).GroupBy(c => c.ToUpperInvariant())
            .FirstOrDefault(g => g.Count() > 1) is { } twice)
            yield return $"Classes and Ignored have the colour {twice.Key} twice: expected each once.";
        if (Classes.Select(NameOf).GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } same)
            yield return $"Classes has '{same.Key}' twice: expected each once.";
        if (Bands.Count == 0) yield return "Bands is empty: expected the name of each band.";
        if (Validation.Intersect(Test)
            .FirstOrDefault() is { } both) yield return $"Validation and Test both have '{both}': expected one of them.";
    }

    internal ClassLegend Legend() => new([.. Classes.Select(text => (NameOf(text), ColorOf(text.Split(' ')[^1])!.Value))]);

    internal IReadOnlyList<Rgb> IgnoredColors() => [.. Ignored.Select(text => ColorOf(text)!.Value)];

    internal Split SplitOf(string name) => Validation.Any(start => name.StartsWith(start, StringComparison.Ordinal)) ? Split.Validation
        : Test.Any(start => name.StartsWith(start, StringComparison.Ordinal)) ? Split.Test : Split.Train;

    private static string NameOf(string text) => text[..Math.Max(0, text.LastIndexOf(' '))].Trim();

    private static Rgb? ColorOf(string text) => Rgb.TryParse(text, out Rgb color) ? color : null;
}
