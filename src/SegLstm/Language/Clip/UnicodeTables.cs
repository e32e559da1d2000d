using System.Globalization;
using System.Reflection;

namespace SegLstm.Language.Clip;

/// <summary>The part of the Unicode Character Database that composing characters and folding their width need: .NET leaves text as
/// it is where it runs without ICU, as here.</summary>
internal sealed class UnicodeTables
{
    private const string Resource = "Language/normalization.txt";

    private UnicodeTables()
    {
    }

    /// <summary>The tables.</summary>
    public static UnicodeTables Instance { get; } = Read();

    /// <summary>Canonical combining classes other than 0.</summary>
    public Dictionary<int, int> Classes { get; } = [];

    /// <summary>Canonical decompositions, one step each.</summary>
    public Dictionary<int, int[]> Decompositions { get; } = [];

    /// <summary>Two characters and the one that they compose to.</summary>
    public Dictionary<(int First, int Second), int> Compositions { get; } = [];

    /// <summary>Full- and half-width forms, and what they stand for.</summary>
    public Dictionary<int, int[]> Widths { get; } = [];

    private static UnicodeTables Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        var tables = new UnicodeTables();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                tables.Add(line.Split(' '));
            }
        }

        return tables;
    }

    private void Add(string[] fields)
    {
        var from = int.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (fields[0] == "c")
        {
            Classes.Add(from, int.Parse(fields[2], CultureInfo.InvariantCulture));
            return;
        }

        var to = fields[2..].Select(field => int.Parse(field, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        (fields[0] == "w" ? Widths : Decompositions).Add(from, to);
        if (fields[0] == "d")
        {
            Compositions.Add((to[0], to[1]), from);
        }
    }
}
